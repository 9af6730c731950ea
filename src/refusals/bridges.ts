/** `pxb-cxl`: QEMU hw/pci-bridge/pci_expander_bridge.c. */
import { MachineCrash } from '../machine/crash';
import type { Option } from '../options/option';
import type { Bus } from './buses';
import { type Request, refuse } from './refuse';

const UNASSIGNED = 128;

/** @throws Refusal, MachineCrash */
export function checkBridge(device: Option, bus: Bus, before: readonly Option[], { line, quirks }: Request): void {
  if (bus.kind === 'conventional root') refuse('pxb-cxl devices cannot reside on a PCI bus', device);
  const node = Number(device.value('numa_node') ?? UNASSIGNED);
  const nodes = line.numa.filter((option) => option.value('type') === 'node').length;
  if (node !== UNASSIGNED && node >= nodes) {
    if (quirks.has('bridge-node-crash')) throw new MachineCrash('SIGSEGV');
    refuse(`Illegal numa node ${node}`, device);
  }
  if (bus.kind !== 'express root') refuse('PXB devices can be attached only to root bus', device);
  const number = busNumber(device);
  const others = before.filter((each) => each.value('driver') === 'pxb-cxl');
  if (others.some((other) => busNumber(other) === number)) refuse(`Bus ${number} is already in use`, device);
}

const busNumber = (bridge: Option): number => Number(bridge.value('bus_nr') ?? 0);
