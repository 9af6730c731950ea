/** Which slot of which bus each PCI function has: QEMU system/qdev-monitor.c: qbus_find_recursive(), hw/pci/pci.c: do_pci_register_device(). */
import { functionFactsOf } from '../ledger/pci-functions';
import type { PciPlace } from '../machine/topology';
import { type CommandLine, isVirt } from './line';
import type { Option } from './option';
import { address } from './value';

export const ROOT_BUS = 'pcie.0';

/** A bus by its name, and where on it. */
export interface Placed extends PciPlace {
  readonly bus: string;
}

const OF_CXL = /^(pxb|pxb-pcie|pxb-cxl|cxl-rp|cxl-upstream|cxl-downstream|cxl-switch-mailbox-cci|cxl-type3)$/;
const EXPANDER = /^pxb(-pcie|-cxl)?$/;

/** The host bridge's own function; and what the south bridge of q35 has. */
const [OWN, SOUTH_BRIDGE] = [0, 31];
const SLOTS = 32;

export const isPciFunction = (driver: string): boolean => OF_CXL.test(driver) || functionFactsOf(driver) !== undefined;

/** Of a device that names no bus: the newest root bus, for QEMU looks at the newest first. */
export function busOf(device: Option, before: readonly Option[], root = ROOT_BUS): string {
  const expander = before.filter((each) => EXPANDER.test(`${each.value('driver')}`)).at(-1);
  return device.value('bus') ?? expander?.value('id') ?? root;
}

/** In the order of the command line, behind what the machine has by itself. */
export function placesOf(line: CommandLine): ReadonlyMap<Option, Placed> {
  const { devices, defaults } = line;
  const board = isVirt(line) ? [OWN] : [OWN, SOUTH_BRIDGE];
  const taken = new Set([...board, ...defaults.map((_, n) => 1 + n)].map((slot) => `${ROOT_BUS} ${slot}`));
  const places = new Map<Option, Placed>();
  for (const [n, device] of devices.entries()) {
    if (!isPciFunction(`${device.value('driver')}`)) continue;
    const bus = busOf(device, devices.slice(0, n));
    const free = Array.from({ length: SLOTS }, (_, slot) => slot).find((slot) => !taken.has(`${bus} ${slot}`)) ?? 0;
    const place = address(device.value('addr') ?? '') ?? { device: free, fn: 0 };
    if (place.fn === 0) taken.add(`${bus} ${place.device}`);
    places.set(device, { bus, ...place });
  }
  return places;
}
