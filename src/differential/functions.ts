/** The PCI functions behind CXL host bridges, as software finds them; devices by the id that they were drawn with. */
import { decodeMcfg } from '../codec/acpi/mcfg';
import { DecodeError } from '../codec/decode-error';
import { CLASS, LAYOUT } from '../codec/pci/configuration';
import { type PciDevice, scanBus } from '../driver/pci';
import type { HostBridge } from '../machine/topology';
import type { Specimen } from './comparator';
import type { Draw } from './draw';
import { tableIfAny } from './tables';

/** A function, by the id that QEMU was given for it. */
export interface NamedFunction {
  readonly id: string;
  readonly kind: 'memory' | 'upstream port' | 'switch mailbox' | 'other';
  readonly device: PciDevice;
}

/** By host bridge, then by address. A port without an id in `draw` has its address for one. */
export async function cxlFunctions(specimen: Specimen): Promise<NamedFunction[]> {
  const { machine, draw } = specimen;
  const mcfg = await tableIfAny(specimen, 'MCFG');
  if (!mcfg) throw new DecodeError('RSDT', 'lists no MCFG');
  const { base } = decodeMcfg(mcfg);
  const found: NamedFunction[] = [];
  for (const bridge of draw.topology.hostBridges) {
    for (const device of await scanBus(machine, base, bridge.bus)) found.push(await nameOf(device, bridge, draw));
  }
  return found;
}

async function nameOf(device: PciDevice, { rootPorts }: HostBridge, { topology }: Draw): Promise<NamedFunction> {
  const { type3s, switches = [] } = topology;
  if (device.classCode === CLASS.cxlMemory) {
    const serial = await device.serialNumber();
    const id = type3s.find((type3) => type3.serial === serial)?.id ?? device.address;
    return { id, kind: 'memory', device };
  }
  if (device.classCode === CLASS.switchMailbox) return { id: device.address, kind: 'switch mailbox', device };
  if (device.layout !== LAYOUT.bridge) return { id: device.address, kind: 'other', device };
  const numbers = rootPorts.map((id, n) => topology.ports?.[id]?.number ?? n);
  const rootPort = async (port: PciDevice) => rootPorts[numbers.indexOf(await port.portNumber())];
  if (!device.parent) return { id: (await rootPort(device)) ?? device.address, kind: 'other', device };
  const above = await rootPort(device.parent);
  const through = switches.find(({ rootPort }) => rootPort === above);
  if (through && !device.parent.parent) return { id: through.id, kind: 'upstream port', device };
  return { id: device.address, kind: 'other', device };
}
