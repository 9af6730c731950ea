/** Where a PCI function is: QEMU hw/pci/pci.c: do_pci_register_device(), hw/pci/pcie_port.c: pcie_chassis_add_slot(). */
import type { Option } from '../options/option';
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

/** @throws Refusal */
export function checkSlot(device: Option, bus: Bus, { functions, chassis }: Slots): void {
  const driver = `${device.value('driver')}`;
  if (bus.kind === 'host bridge' && !BRIDGE.test(driver)) {
    refuse('PCI: Only PCI/PCIe bridges can be plugged into pxb-cxl', device);
  }
  place(device, bus, functions);
  const slot = `${Number(device.value('chassis') ?? 0)} ${Number(device.value('slot') ?? 0)}`;
  if (WITH_SLOT.has(driver) && chassis.has(slot)) refuse(`Can't add chassis slot, error ${BUSY}`, device);
  if (WITH_SLOT.has(driver)) chassis.add(slot);
}

/** The first free device number will do, where `addr` asks for none. */
function place(device: Option, { name, kind }: Bus, functions: Map<string, Option>): void {
  const at = (n: number, fn: number) => functions.get(`${name} ${n} ${fn}`);
  const first = kind === 'express root' ? 1 : 0; // the memory controller hub
  const free = Array.from({ length: 32 }, (_, n) => n).find((n) => n >= first && !at(n, 0));
  const { device: number, fn } = address(device.value('addr') ?? '') ?? { device: free ?? 0, fn: 0 };
  const driver = device.value('driver');
  const other = at(number, fn);
  if (other) {
    const inUse = `in use by ${other.value('driver')},id=${other.value('id') ?? ''}`;
    refuse(`PCI: slot ${number} function ${fn} not available for ${driver}, ${inUse}`, device);
  }
  const zero = at(number, 0);
  if (fn > 0 && zero && !isOn(zero.value('multifunction'))) {
    refuse(`PCI: single function device can't be populated in function ${number.toString(16)}.${fn}`, device);
  }
  functions.set(`${name} ${number} ${fn}`, device);
}
