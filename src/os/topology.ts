/** What Linux' CXL core finds at boot: root decoders, host bridge ports, memdevs. drivers/cxl/acpi.c, drivers/cxl/port.c. */

import type { Cfmws } from '../codec/acpi/cedt';
import { decodeMcfg } from '../codec/acpi/mcfg';
import { BLOCK_ID } from '../codec/cxl/dvsec';
import { MailboxError } from '../codec/cxl/mailbox/command';
import { UPSTREAM_PORT } from '../codec/pci/capability';
import { CLASS } from '../codec/pci/configuration';
import type { Acpi } from '../driver/acpi';
import { decodersByChbs } from '../driver/chbs';
import { HdmDecoders } from '../driver/hdm-decoders';
import { type PciDevice, scanBus } from '../driver/pci';
import { registerBlocks } from '../driver/register-blocks';
import type { Linux } from '../ledger/linux';
import type { Hardware, Hpa } from '../machine/hardware';
import { type MemdevState, ProbeError, probeMemdev } from './memdev';
import { Port } from './port';
import type { Hop, Way } from './port-targets';
import type { ResourceNode } from './resources';

export interface Endpoint extends MemdevState {
  /** ACPI _UID of its host bridge. */
  readonly uid: number;
  /** From the host bridge down. */
  readonly path: Way<Port>;
}

export interface Window {
  /** `decoder0.0`. */
  readonly decoder: string;
  readonly cfmws: Cfmws;
  readonly resource: ResourceNode;
}

export interface HostBridge {
  readonly uid: number;
  readonly port: Port;
}

/** It changes when devices come and go. */
export interface CxlTopology {
  readonly ecam: Hpa;
  readonly pci: PciDevice[];
  readonly windows: readonly Window[];
  /** By root bus. */
  readonly bridges: ReadonlyMap<number, HostBridge>;
  /** By upstream port. */
  readonly switches: Map<PciDevice, Port>;
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
  const pci = [...(await scanBus(hardware, ecam, 0))];
  const bridges = new Map<number, HostBridge>();
  for (const { uid, bus, registers } of await acpi.hostBridges()) {
    pci.push(...(await scanBus(hardware, ecam, bus)));
    const decoders = await decodersByChbs(hardware, { uid, registers });
    await decoders?.enable();
    bridges.set(bus, { uid, port: new Port(`host bridge ${uid}`, decoders, linux) });
  }
  return { ecam, pci, windows, bridges, switches: new Map(), endpoints: [] };
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
    const way = wayTo(device);
    const bridge = topology.bridges.get(way[0]?.location.bus ?? -1);
    if (!bridge) continue; // Linux gives it a memdev, but no endpoint
    const state = await probeMemdev(hardware, device, freeName(topology), ranges, linux).catch(givenUp);
    if (state instanceof ProbeError) log.push(`cxl_pci ${device.address}: ${state.message}`);
    else {
      const path = await hops(topology, bridge, way, hardware, linux);
      topology.endpoints.push({ ...state, uid: bridge.uid, path });
      if (state.trouble) log.push(`cxl_mem ${state.memdev.name}: ${state.trouble}`);
    }
  }
  return log;
}

/** The bridges above a device, from the root port down. */
const wayTo = ({ parent }: PciDevice): PciDevice[] => (parent ? [...wayTo(parent), parent] : []);

/** Of the ports in `way`, root ports and those of switches in turn. drivers/cxl/core/port.c: devm_cxl_enumerate_ports() */
async function hops(
  { switches }: CxlTopology,
  { port }: HostBridge,
  way: readonly PciDevice[],
  hardware: Hardware,
  linux: Linux,
): Promise<Way<Port>> {
  const found: Hop<Port>[] = [];
  let current = port;
  for (const device of way) {
    if ((await device.portType()) === UPSTREAM_PORT) {
      current = switches.get(device) ?? (await probeSwitch(device, hardware, linux));
      switches.set(device, current);
    } else found.push({ port: current, below: await device.portNumber() });
  }
  return found;
}

/** drivers/cxl/port.c: cxl_switch_port_probe() */
async function probeSwitch(device: PciDevice, hardware: Hardware, linux: Linux): Promise<Port> {
  const registers = (await registerBlocks(device)).get(BLOCK_ID.component);
  const decoders = registers === undefined ? undefined : await HdmDecoders.find(hardware, registers);
  await decoders?.enable();
  return new Port(device.address, decoders, linux);
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
