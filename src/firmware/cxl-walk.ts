/** CXL memory as firmware finds it: host bridges by CEDT, devices by PCI, capacities by mailbox. */

import type { CedtStructure } from '../codec/acpi/cedt';
import { BLOCK_ID, CXL_VENDOR, DEVICE_DVSEC, DeviceControl, DVSEC_ID } from '../codec/cxl/dvsec';
import { OPCODE } from '../codec/cxl/mailbox/command';
import { CAPACITY_MULTIPLIER, Identify } from '../codec/cxl/mailbox/memory-device';
import { DecodeError } from '../codec/decode-error';
import { UPSTREAM_PORT } from '../codec/pci/capability';
import { CLASS } from '../codec/pci/configuration';
import { readCdat } from '../driver/cdat';
import { decodersByChbs } from '../driver/chbs';
import { HdmDecoders } from '../driver/hdm-decoders';
import { Mailbox } from '../driver/mailbox';
import { type PciDevice, scanBus } from '../driver/pci';
import { registerBlocks } from '../driver/register-blocks';
import type { Hardware, Hpa } from '../machine/hardware';

/** A host bridge or a switch. */
export interface CxlRouter {
  /** None where everything is passed to the only port below. */
  readonly decoders: HdmDecoders | undefined;
  /** Of a switch: its CDAT, if it has one. */
  readonly cdat?: () => Promise<Uint8Array | undefined>;
}

export interface CxlBridge extends CxlRouter {
  /** ACPI _UID; on QEMU the number of its root bus too. */
  readonly uid: number;
}

/** What is on the way to a device, and the number of the port below it that the way goes on by. */
export interface CxlHop {
  readonly router: CxlRouter;
  readonly below: number;
}

/** A CXL memory device, and the way to it. */
export interface CxlEndpoint {
  readonly bridge: CxlBridge;
  /** From the host bridge down. */
  readonly path: readonly CxlHop[];
  readonly serial: bigint;
  readonly decoders: HdmDecoders;
  /** What it has, by its mailbox and its CDAT. */
  identify(): Promise<CxlContents>;
  /** Lets it answer to CXL.mem. */
  enable(): Promise<void>;
}

export interface CxlContents {
  /** Bytes. */
  readonly volatile: bigint;
  readonly persistent: bigint;
  readonly cdat: Uint8Array | undefined;
}

export type CxlDevice = CxlEndpoint & CxlContents;

/** All CXL memory devices, by host bridge in CEDT order, then by PCI address. */
export async function walkCxl(hardware: Hardware, ecam: Hpa, cedt: readonly CedtStructure[]): Promise<CxlEndpoint[]> {
  const found: CxlEndpoint[] = [];
  for (const structure of cedt) {
    if (structure.kind !== 'CHBS') continue;
    const { uid } = structure;
    const bridge = { uid, decoders: await decodersByChbs(hardware, structure) };
    const functions = await scanBus(hardware, ecam, uid);
    const routers = await routersAmong(hardware, functions);
    const memory = functions.filter(({ classCode }) => classCode === CLASS.cxlMemory);
    found.push(...(await Promise.all(memory.map((device) => endpoint(hardware, device, bridge, routers)))));
  }
  return found;
}

/** The switches, by their upstream ports. */
async function routersAmong(hardware: Hardware, functions: readonly PciDevice[]): Promise<Map<PciDevice, CxlRouter>> {
  const found = new Map<PciDevice, CxlRouter>();
  for (const bridge of functions.filter(({ classCode }) => classCode === CLASS.pciBridge)) {
    if ((await bridge.portType()) !== UPSTREAM_PORT) continue;
    const component = (await registerBlocks(bridge)).get(BLOCK_ID.component);
    const decoders = component === undefined ? undefined : await HdmDecoders.find(hardware, component);
    found.set(bridge, { decoders, cdat: () => readCdat(bridge) });
  }
  return found;
}

async function pathTo(
  { parent }: PciDevice,
  bridge: CxlBridge,
  routers: ReadonlyMap<PciDevice, CxlRouter>,
): Promise<CxlHop[]> {
  if (!parent) return [];
  const above = parent.parent && routers.get(parent.parent);
  const hop = { router: above ?? bridge, below: await parent.portNumber() };
  return above && parent.parent ? [...(await pathTo(parent.parent, bridge, routers)), hop] : [hop];
}

async function endpoint(
  hardware: Hardware,
  device: PciDevice,
  bridge: CxlBridge,
  routers: ReadonlyMap<PciDevice, CxlRouter>,
): Promise<CxlEndpoint> {
  const [blocks, path, serial] = await Promise.all([
    registerBlocks(device),
    pathTo(device, bridge, routers),
    device.serialNumber(),
  ]);
  const component = blocks.get(BLOCK_ID.component);
  const registers = blocks.get(BLOCK_ID.device);
  const decoders = component !== undefined && (await HdmDecoders.find(hardware, component));
  if (!decoders || registers === undefined) throw new DecodeError(device.address, 'has no HDM decoders, or no mailbox');
  const identify = () => contents(hardware, device, registers);
  return { bridge, path, serial, decoders, identify, enable: () => enable(device) };
}

async function contents(hardware: Hardware, device: PciDevice, registers: Hpa): Promise<CxlContents> {
  const mailbox = await Mailbox.open(hardware, registers);
  const { volatileCapacity, persistentCapacity } = Identify.decode(await mailbox.send(OPCODE.identifyMemoryDevice));
  return {
    volatile: volatileCapacity * CAPACITY_MULTIPLIER,
    persistent: persistentCapacity * CAPACITY_MULTIPLIER,
    cdat: await readCdat(device),
  };
}

async function enable(device: PciDevice): Promise<void> {
  const dvsec = await device.dvsec(CXL_VENDOR, DVSEC_ID.device);
  if (dvsec === undefined) throw new DecodeError(device.address, 'has no PCIe DVSEC for CXL Devices');
  const control = (await device.read(dvsec + DEVICE_DVSEC.control)) & 0xffff;
  await device.write(dvsec + DEVICE_DVSEC.control, DeviceControl.encode({ memEnable: true }, control));
}
