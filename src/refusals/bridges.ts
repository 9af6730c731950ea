/** `pxb-cxl`, and `pxb-pcie` and `pxb` beside it: QEMU hw/pci-bridge/pci_expander_bridge.c. */
import { MachineCrash } from '../machine/crash';
import type { Option } from '../options/option';
import type { Bus } from './buses';
import { type Request, refuse } from './refuse';

const UNASSIGNED = 128;

/** All that yield a root bus. */
export const EXPANDERS: ReadonlySet<string> = new Set(['pxb', 'pxb-pcie', 'pxb-cxl']);

/** What has a conventional bus behind it. */
const CONVENTIONAL: ReadonlySet<string> = new Set(['pci-bridge', 'pcie-pci-bridge', 'i82801b11-bridge']);

/** @throws Refusal, MachineCrash */
export function checkBridge(device: Option, bus: Bus, before: readonly Option[], { line, quirks }: Request): void {
  const driver = `${device.value('driver')}`;
  const isConventional = bus.kind === 'conventional root' || CONVENTIONAL.has(`${bus.of?.value('driver')}`);
  if (driver !== 'pxb' && isConventional) refuse(`${driver} devices cannot reside on a PCI bus`, device);
  if (driver === 'pxb' && !isConventional) refuse('pxb devices cannot reside on a PCIe bus', device);
  if (driver === 'pxb-pcie' && quirks.has('express-expander-refused')) refuse('pxb-pcie and pxb-cxl conflict', device);
  const node = Number(device.value('numa_node') ?? UNASSIGNED);
  const nodes = line.numa.filter((option) => option.value('type') === 'node').length;
  if (node !== UNASSIGNED && node >= nodes) {
    if (driver === 'pxb-cxl' && quirks.has('bridge-node-crash')) throw new MachineCrash('SIGSEGV');
    refuse(`Illegal numa node ${node}`, device);
  }
  if (!bus.kind.endsWith(' root')) refuse('PXB devices can be attached only to root bus', device);
  const number = busNumber(device);
  const others = before.filter((each) => EXPANDERS.has(`${each.value('driver')}`));
  if (others.some((other) => busNumber(other) === number)) refuse(`Bus ${number} is already in use`, device);
}

const busNumber = (bridge: Option): number => Number(bridge.value('bus_nr') ?? 0);
