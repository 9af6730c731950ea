/** The ACPI namespace of a scenario's machine: the DSDT's. */
import { expect } from 'expect';
import { type AcpiDevice, AcpiNamespace } from '../../src/codec/acpi/namespace';
import { NotApplicable } from '../../src/ledger/verdict';
import { expectCount } from './assertions';
import type { CxlWorld } from './world';

export const namespaceOf = async (world: CxlWorld) => new AcpiNamespace(await (await world.host()).acpiTable('DSDT'));

/** The ACPI0016 device of a host bridge. */
export async function bridgeOf(world: CxlWorld, id: string): Promise<AcpiDevice> {
  const bridges = (await namespaceOf(world)).withId('ACPI0016');
  const found = bridges.find((device) => device.number('_UID') === world.uidOf(id));
  const what = `ACPI0016 device with the UID of ${id}`;
  expect({ [what]: found ? 'there' : 'missing' }).toEqual({ [what]: 'there' });
  return found as AcpiDevice;
}

/** The ACPI0017 device, of which there is one. */
export async function rootOf(world: CxlWorld): Promise<AcpiDevice> {
  const found = (await namespaceOf(world)).withId('ACPI0017');
  expectCount(
    'ACPI0017 devices',
    found.map(({ path }) => path),
    1,
  );
  return found[0] as AcpiDevice;
}

/** @throws NotApplicable if the CXL root device has none */
export async function qosOf(world: CxlWorld): Promise<AcpiDevice> {
  const root = await rootOf(world);
  if (!root.has('_DSM')) throw new NotApplicable('the ACPI0017 device has no _DSM');
  return root;
}
