/** What the SRAT and the HMAT of a scenario's machine hold. */
import { showHandle } from '../../src/codec/acpi/device-handle';
import { decodeHmat } from '../../src/codec/acpi/hmat';
import { decodeSrat, type GenericAffinity } from '../../src/codec/acpi/srat';
import type { CxlWorld } from './world';

export const sratOf = async (world: CxlWorld) => decodeSrat(await (await world.host()).acpiTable('SRAT'));

export const hmatOf = async (world: CxlWorld) => decodeHmat(await (await world.host()).acpiTable('HMAT'));

/** Memory affinities that are enabled. */
export const memoryOf = async (world: CxlWorld) =>
  (await sratOf(world)).flatMap((s) => (s.kind === 'memory' && s.enabled ? [s] : []));

/** By ascending domain: QEMU makes them in the order of a hash table. */
export async function genericAffinities(world: CxlWorld, kind: GenericAffinity['kind']) {
  const srat = await sratOf(world);
  return srat
    .flatMap((s) => (s.kind === kind ? [{ device: showHandle(s.handle), domain: s.domain, enabled: s.enabled }] : []))
    .sort((a, b) => a.domain - b.domain);
}
