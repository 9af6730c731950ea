/** What evaluates from the CXL devices of the ACPI namespace. */
import { decodeFadt } from '../codec/acpi/fadt';
import { tableAt } from '../codec/acpi/find-table';
import { type AcpiDevice, AcpiNamespace } from '../codec/acpi/namespace';
import { askForControl, OSC_INTERFACES } from '../codec/acpi/osc';
import { dsmBytes, dsmFunctions, qtgIds } from '../codec/acpi/qtg';
import type { Comparator } from './comparator';
import type { Tree } from './difference';
import { tableIfAny } from './tables';

export const namespace: Comparator = {
  name: 'namespace',
  observe: async (specimen) => {
    const fadt = await tableIfAny(specimen, 'FACP');
    if (!fadt) return 'there is no FADT, which leads to the DSDT';
    const dsdt = await tableAt(specimen.machine.readBlock.bind(specimen.machine), decodeFadt(fadt));
    const found = new AcpiNamespace(dsdt);
    const devices = [...found.withId('ACPI0016'), ...found.withId('ACPI0017')];
    return Object.fromEntries(devices.map((device) => [device.path, evaluate(device)]));
  },
};

const NUMBERS = ['_UID', '_BBN', '_PXM', '_STA'];

/** Interfaces that a bridge may know, and one that none does. */
const INTERFACES = [...Object.values(OSC_INTERFACES), '00000000-0000-0000-0000-000000000001'];
const WISHES = [[], ['PCIe hot-plug', 'SHPC hot-plug', 'PME', 'AER', 'PCIe capability'], ['AER', 'LTR', 'DPC']];
const REQUESTS = INTERFACES.flatMap((each) =>
  [1, 2].flatMap((revision) =>
    [false, true].flatMap((query) => WISHES.map((control) => ({ interface: each, revision, query, control }))),
  ),
);

function evaluate(device: AcpiDevice): Tree {
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, device.number(name)]));
  return {
    _HID: device.hid,
    _CID: device.cids,
    ...numbers,
    _CRS: device.resources as unknown as Tree,
    _OSC: device.has('_OSC') ? REQUESTS.map((request) => askForControl(device, request) as unknown as Tree) : undefined,
    _DSM: device.has('_DSM')
      ? {
          functions: dsmFunctions(device),
          qtg: qtgIds(device, 1n, 2n) as unknown as Tree,
          unknown: INTERFACES.map((each) => dsmBytes(device, each, 2)),
        }
      : undefined,
  };
}
