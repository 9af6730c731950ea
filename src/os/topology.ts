/** What Linux' CXL core finds at boot: root decoders, host bridge ports, memdevs. drivers/cxl/acpi.c, drivers/cxl/port.c. */

import type { Cfmws } from '../codec/acpi/cedt';
import { decodeMcfg } from '../codec/acpi/mcfg';
import { MailboxError } from '../codec/cxl/mailbox/command';
import { CLASS } from '../codec/pci/configuration';
import { HdmDecoders } from '../driver/hdm-decoders';
import { type PciDevice, scanBus } from '../driver/pci';
import type { Linux } from '../ledger/linux';
import type { Hardware, Hpa } from '../machine/hardware';
import type { Acpi } from './acpi';
import { type MemdevState, ProbeError, probeMemdev } from './memdev';
import { Port } from './port';
import type { ResourceNode } from './resources';

export interface Endpoint extends MemdevState {
  readonly port: Port;
  /** Of the root port above it. */
  readonly portNumber: number;
}

export interface Window {
  /** `decoder0.0`. */
  readonly decoder: string;
  readonly cfmws: Cfmws;
  readonly resource: ResourceNode;
}

/** It changes when devices come and go. */
export interface CxlTopology {
  readonly ecam: Hpa;
  readonly pci: PciDevice[];
  readonly windows: readonly Window[];
  /** By root bus. */
  readonly ports: ReadonlyMap<number, Port>;
  readonly endpoints: Endpoint[];
}

/** @throws DecodeError for what Linux could not make sense of either. */
export async function discover(
  hardware: Hardware,
  acpi: Acpi,
  windows: readonly Window[],
  linux: Linux,
): Promise<CxlTopology> {
  const ecam = decodeMcfg(await acpi.table('MCFG')).base;
  const bridges = await acpi.hostBridges();
  const pci = [...(await scanBus(hardware, ecam, 0))];
  const ports = new Map<number, Port>();
  for (const { uid, bus, registers } of bridges) {
    pci.push(...(await scanBus(hardware, ecam, bus)));
    const decoders = await HdmDecoders.find(hardware, registers.base);
    await decoders?.enable();
    ports.set(bus, new Port(uid, decoders, linux));
  }
  return { ecam, pci, windows, ports, endpoints: [] };
}

/** Gives those of `devices` that are CXL memory devices memdevs and endpoints. Yields what the kernel says of those that it gives up. */
export async function addEndpoints(
  topology: CxlTopology,
  devices: readonly PciDevice[],
  hardware: Hardware,
  linux: Linux,
): Promise<string[]> {
  const log: string[] = [];
  const ranges = topology.windows.map(({ cfmws }) => cfmws.window);
  for (const device of devices.filter(({ classCode }) => classCode === CLASS.cxlMemory)) {
    const rootPort = device.parent;
    const port = rootPort && topology.ports.get(rootPort.location.bus);
    if (!rootPort || !port) continue; // Linux gives it a memdev, but no endpoint
    const state = await probeMemdev(hardware, device, freeName(topology), ranges, linux).catch(givenUp);
    if (state instanceof ProbeError) log.push(`cxl_pci ${device.address}: ${state.message}`);
    else {
      topology.endpoints.push({ ...state, port, portNumber: await rootPort.portNumber() });
      if (state.trouble) log.push(`cxl_mem ${state.memdev.name}: ${state.trouble}`);
    }
  }
  return log;
}

/** Forgets a device that is gone, and its memdev. */
export function removeEndpoint({ pci, endpoints }: CxlTopology, gone: PciDevice): void {
  pci.splice(pci.indexOf(gone), 1);
  const at = endpoints.findIndex(({ device }) => device === gone);
  if (at >= 0) endpoints.splice(at, 1);
}

/** `mem` and the lowest number that no memdev has. */
function freeName({ endpoints }: CxlTopology): string {
  const taken = new Set(endpoints.map(({ memdev }) => memdev.name));
  return Array.from({ length: taken.size + 1 }, (_, n) => `mem${n}`).find((name) => !taken.has(name)) as string;
}

/** A device that refuses a command which it must have is given up like one that answers nonsense. */
function givenUp(error: Error): ProbeError {
  if (error instanceof ProbeError) return error;
  if (error instanceof MailboxError) return new ProbeError(error.message);
  throw error;
}
