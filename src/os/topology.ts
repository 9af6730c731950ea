/** What Linux' CXL core finds at boot: root decoders, host bridge ports, memdevs. drivers/cxl/acpi.c, drivers/cxl/port.c. */

import type { Cfmws } from '../codec/acpi/cedt';
import { decodeMcfg } from '../codec/acpi/mcfg';
import { MailboxError } from '../codec/cxl/mailbox';
import { CLASS } from '../codec/pci/configuration';
import { HdmDecoders } from '../driver/hdm-decoders';
import { type PciDevice, scanBus } from '../driver/pci';
import type { Linux } from '../ledger/linux';
import type { Hardware } from '../machine/hardware';
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

export interface CxlTopology {
  readonly pci: readonly PciDevice[];
  readonly windows: readonly Window[];
  readonly ports: readonly Port[];
  readonly endpoints: readonly Endpoint[];
  /** What the kernel says meanwhile. */
  readonly log: readonly string[];
}

/** @throws DecodeError for what Linux could not make sense of either. */
export async function discover(
  hardware: Hardware,
  acpi: Acpi,
  windows: readonly Window[],
  linux: Linux,
): Promise<CxlTopology> {
  const ecam = decodeMcfg(await acpi.table('MCFG')).base;
  const ranges = windows.map(({ cfmws }) => cfmws.window);
  const bridges = await acpi.hostBridges();
  const pci = [...(await scanBus(hardware, ecam, 0))];
  const ports: Port[] = [];
  const endpoints: Endpoint[] = [];
  const log: string[] = [];
  for (const { uid, bus, registers } of bridges) {
    const behind = await scanBus(hardware, ecam, bus);
    pci.push(...behind);
    const decoders = await HdmDecoders.find(hardware, registers.base);
    await decoders?.enable();
    const port = new Port(uid, decoders, linux);
    ports.push(port);
    for (const device of behind.filter(({ classCode }) => classCode === CLASS.cxlMemory)) {
      const rootPort = device.parent ?? device;
      const state = await probeMemdev(hardware, device, `mem${endpoints.length}`, ranges, linux).catch(givenUp);
      if (state instanceof ProbeError) log.push(`cxl_pci ${device.address}: ${state.message}`);
      else endpoints.push({ ...state, port, portNumber: await rootPort.portNumber() });
    }
  }
  return { pci, windows, ports, endpoints, log };
}

/** A device that refuses a command which it must have is given up like one that answers nonsense. */
function givenUp(error: Error): ProbeError {
  if (error instanceof ProbeError) return error;
  if (error instanceof MailboxError) return new ProbeError(error.message);
  throw error;
}
