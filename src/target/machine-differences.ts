import { decodeCedt } from '../codec/acpi/cedt';
import { E820_TYPE } from '../codec/acpi/e820';
import { DecodeError } from '../codec/decode-error';
import { hex } from '../codec/range';
import type { Host } from '../machine/host';
import type { Setup } from '../machine/topology';

/** RAM that firmware may keep for itself before a machine counts as another one. */
const KEPT = 64n << 20n;

/** In what a running machine differs from the one that a scenario asks for; for people. */
export async function differences(
  { topology, reservations, policy, os, anyMachine }: Setup,
  host: Host,
): Promise<string[]> {
  const { ram, hotplug, hostBridges, windows, type3s, testDevices, numa } = topology;
  const cedt = await host.acpiTable('CEDT').then(decodeCedt, (error: Error) => {
    if (error instanceof DecodeError) return [];
    throw error;
  });
  const uids = cedt.flatMap((s) => (s.kind === 'CHBS' ? [s.uid] : [])).sort();
  const cfmws = cedt.flatMap((s) => (s.kind === 'CFMWS' ? [`${hex(s.window.size)} across ${s.targets}`] : []));
  if (anyMachine) return cfmws.length > 0 ? [] : ['fixed memory windows: it has none'];
  const uidOf = (id: string) => hostBridges.find((bridge) => bridge.id === id)?.bus;
  const present = (await host.memoryMap())
    .filter(({ type }) => type === E820_TYPE.RAM)
    .reduce((sum, { size }) => sum + size, 0n);
  const memdevs = (await host.memdevs())
    .map(({ serial, volatile, persistent }) => `${serial}: ${volatile} and ${persistent}`)
    .sort();
  const hasSrat = await host.acpiTable('SRAT').then(
    () => true,
    () => false,
  );

  const wanted: [string, unknown, unknown][] = [
    ['host bridges with _UID', hostBridges.map(({ bus }) => bus).sort(), uids],
    ['fixed memory windows', windows.map(({ size, targets }) => `${hex(size)} across ${targets.map(uidOf)}`), cfmws],
    [
      'memdevs by serial',
      type3s.map(({ serial, volatile, persistent }) => `${serial}: ${volatile} and ${persistent}`).sort(),
      memdevs,
    ],
    ['RAM within 64M', true, present <= ram && ram - present < KEPT],
    ['room for memory hotplug', hotplug !== undefined, hasSrat],
    ['firmware reservations', reservations.length, 0],
    ['CXL memory that firmware configures', policy !== undefined, false],
    ['operating system', os ?? 'linux', 'linux'],
    ['PCI functions with large BARs', testDevices.length, 0],
    ['NUMA nodes that are asked for', numa?.nodes.length ?? 0, 0],
  ];
  return wanted
    .filter(([, want, have]) => JSON.stringify(want) !== JSON.stringify(have))
    .map(([what, want, have]) => `${what}: ${JSON.stringify(want)}, it has ${JSON.stringify(have)}`);
}
