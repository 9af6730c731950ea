/** What QEMU takes, though hardly anybody can mean it. */
import { type CommandLine, said } from '../options/line';
import type { Option } from '../options/option';
import { parseSize } from '../options/size';
import { type Request, refuse } from './refuse';
import { isOn } from './values';

/** Devices that others are meant to be plugged into. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  'cxl-rp': ['pxb-cxl'],
  'cxl-upstream': ['cxl-rp'],
  'cxl-downstream': ['cxl-upstream'],
  'cxl-type3': ['cxl-rp', 'cxl-downstream'],
};

/** @throws Refusal of that, but only with the quirk `oddities-refused` */
export function checkOddities({ line, quirks }: Request): void {
  const odd = [...oddWindows(line), ...line.devices.flatMap((device) => oddDevice(device, line)), ...oddObjects(line)];
  if (odd[0] !== undefined && quirks.has('oddities-refused')) refuse(`${odd[0]} is odd`);
}

function oddWindows({ machine }: CommandLine): string[] {
  const fields = machine.flatMap((option) => option.fields).filter(([key]) => key.startsWith('cxl-fmw.'));
  const targets = fields.flatMap(([key, id]) => (key.includes('.targets.') ? [`${key.split('.')[1]} ${id}`] : []));
  return [
    ...(fields.length > 0 && !isOn(said(machine, 'cxl')) ? ['a window without CXL'] : []),
    ...(fields.some(([key, value]) => key.endsWith('.size') && parseSize(value) === 0n) ? ['an empty window'] : []),
    ...(new Set(targets).size < targets.length ? ['a target that has two turns'] : []),
  ];
}

function oddDevice(device: Option, { devices }: CommandLine): string[] {
  const driver = `${device.value('driver')}`;
  const parent = devices.find((each) => each.value('id') === device.value('bus'))?.value('driver') ?? 'pcie.0';
  const rival = devices.find((each) => each !== device && sameNumber(each, device));
  return [
    ...(MEANT[driver] && !MEANT[driver].includes(parent) ? [`${driver} on ${parent}`] : []),
    ...(driver === 'pcie-root-port' && parent === 'pxb-cxl' ? [`${driver} on ${parent}`] : []),
    ...(driver === 'pxb-cxl' && Number(device.value('bus_nr') ?? 0) === 0 ? ['bus 0'] : []),
    ...(device.fields.some(([, value]) => value.startsWith('/objects/')) ? ['a backend by its path'] : []),
    ...(device.keys.length < device.fields.length ? ['a property twice'] : []),
    ...(rival ? ['a port number that two ports have'] : []),
  ];
}

const sameNumber = (a: Option, b: Option): boolean =>
  ['driver', 'bus', 'port'].every((key) => a.value(key) !== undefined && a.value(key) === b.value(key));

function oddObjects({ objects, numa, memory }: CommandLine): string[] {
  const generic = objects.some((object) => object.value('qom-type')?.startsWith('acpi-generic-'));
  const nodes = numa.length > 0 || said(memory, 'maxmem') !== undefined;
  return generic && !nodes ? ['a Generic Initiator or Port without a node'] : [];
}
