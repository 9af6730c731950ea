/** Where a PCI function is: QEMU hw/pci/pci.c: do_pci_register_device(), hw/pci/pcie_port.c: pcie_chassis_add_slot(). */
import { type CommandLine, isVirt } from '../options/line';
import { Option } from '../options/option';
import { isPciFunction, ROOT_BUS } from '../options/place';
import { numberOf } from '../options/value';
import type { Bus } from './buses';
import { refuse } from './refuse';
import { address, isOn } from './values';

/** What is taken so far. */
export interface Slots {
  /** By bus, device number and function. */
  readonly functions: Map<string, Option>;
  /** Chassis and slot of each port that has a slot. */
  readonly chassis: Set<string>;
}

const BRIDGE = /^(cxl-(rp|upstream|downstream)|pcie-.*-port|ioh3420|(pcie-)?pci-bridge|i82801b11-bridge)$/;
const WITH_SLOT = new Set(['cxl-rp', 'cxl-downstream', 'pcie-root-port']);

/** -EBUSY. */
const BUSY = -16;

const SOUTH_BRIDGE = 31;

/** What is on the root bus before any `-device`. */
export function ownFunctions(line: CommandLine): Map<string, Option> {
  const { defaults } = line;
  const named = (driver: string, multifunction = 'off') =>
    new Option('device', driver, Object.entries({ driver, multifunction }));
  const south = isVirt(line) ? {} : { 0: 'ICH9-LPC', 2: 'ich9-ahci', 3: 'ICH9-SMB' };
  return new Map([
    [`${ROOT_BUS} 0 0`, named(isVirt(line) ? 'gpex-root' : 'mch')],
    ...Object.entries(south).map(([fn, driver]) => [`${ROOT_BUS} ${SOUTH_BRIDGE} ${fn}`, named(driver, 'on')] as const),
    ...defaults.map((driver, n) => [`${ROOT_BUS} ${n + 1} 0`, named(driver)] as const),
  ]);
}

/** @throws Refusal */
export function checkSlot(device: Option, bus: Bus, { functions, chassis }: Slots): void {
  const driver = `${device.value('driver')}`;
  if (bus.kind === 'host bridge' && !BRIDGE.test(driver)) {
    refuse('PCI: Only PCI/PCIe bridges can be plugged into pxb-cxl', device);
  }
  if (isPciFunction(driver)) place(device, bus, functions);
  const slot = `${numberOf(device.value('chassis'))} ${numberOf(device.value('slot'))}`;
  if (WITH_SLOT.has(driver) && chassis.has(slot)) refuse(`Can't add chassis slot, error ${BUSY}`, device);
  if (WITH_SLOT.has(driver)) chassis.add(slot);
}

/** The first free device number will do, where `addr` asks for none. */
function place(device: Option, { name }: Bus, functions: Map<string, Option>): void {
  const at = (n: number, fn: number) => functions.get(`${name} ${n} ${fn}`);
  const free = Array.from({ length: 32 }, (_, n) => n).find((n) => !at(n, 0));
  const { device: number, fn } = address(device.value('addr') ?? '') ?? { device: free ?? 0, fn: 0 };
  const driver = device.value('driver');
  const other = at(number, fn);
  if (other) {
    const inUse = `in use by ${other.value('driver')},id=${other.value('id') ?? '(null)'}`;
    refuse(`PCI: slot ${number} function ${fn} not available for ${driver}, ${inUse}`, device);
  }
  const zero = at(number, 0);
  if (fn > 0 && zero && !isOn(zero.value('multifunction'))) {
    refuse(`PCI: single function device can't be populated in function ${number.toString(16)}.${fn}`, device);
  }
  functions.set(`${name} ${number} ${fn}`, device);
}
