/** CXL memory as firmware finds it: host bridges by CEDT, devices by PCI, capacities by mailbox. */

import type { CedtStructure } from '../codec/acpi/cedt';
import { BLOCK_ID, CXL_VENDOR, DEVICE_DVSEC, DeviceControl, DVSEC_ID } from '../codec/cxl/dvsec';
import { OPCODE } from '../codec/cxl/mailbox/command';
import { CAPACITY_MULTIPLIER, Identify } from '../codec/cxl/mailbox/memory-device';
import { DecodeError } from '../codec/decode-error';
import { CLASS } from '../codec/pci/configuration';
import { readCdat } from '../driver/cdat';
import { HdmDecoders } from '../driver/hdm-decoders';
import { Mailbox } from '../driver/mailbox';
import { type PciDevice, scanBus } from '../driver/pci';
import { registerBlocks } from '../driver/register-blocks';
import type { Hardware, Hpa } from '../machine/hardware';

export interface CxlBridge {
  /** ACPI _UID; on QEMU the number of its root bus too. */
  readonly uid: number;
  /** None where everything is passed to the only root port. */
  readonly decoders: HdmDecoders | undefined;
}

export interface CxlDevice {
  readonly bridge: CxlBridge;
  /** Number of the root port above it. */
  readonly port: number;
  readonly serial: bigint;
  readonly volatile: bigint;
  readonly cdat: Uint8Array | undefined;
  readonly decoders: HdmDecoders;
  /** Lets it answer to CXL.mem. */
  enable(): Promise<void>;
}

/** All CXL memory devices, by host bridge in CEDT order, then by PCI address. */
export async function walkCxl(hardware: Hardware, ecam: Hpa, cedt: readonly CedtStructure[]): Promise<CxlDevice[]> {
  const found: CxlDevice[] = [];
  for (const structure of cedt) {
    if (structure.kind !== 'CHBS') continue;
    const { uid, registers } = structure;
    const bridge = { uid, decoders: await HdmDecoders.find(hardware, registers.base) };
    const functions = await scanBus(hardware, ecam, uid);
    const memory = functions.filter(({ classCode }) => classCode === CLASS.cxlMemory);
    for (const device of memory) found.push(await identify(hardware, device, bridge));
  }
  return found;
}

async function identify(hardware: Hardware, device: PciDevice, bridge: CxlBridge): Promise<CxlDevice> {
  const blocks = await registerBlocks(device);
  const component = blocks.get(BLOCK_ID.component);
  const registers = blocks.get(BLOCK_ID.device);
  const decoders = component !== undefined && (await HdmDecoders.find(hardware, component));
  if (!decoders || registers === undefined) throw new DecodeError(device.address, 'has no HDM decoders, or no mailbox');
  const mailbox = await Mailbox.open(hardware, registers);
  const { volatileCapacity } = Identify.decode(await mailbox.send(OPCODE.identifyMemoryDevice));
  return {
    bridge,
    port: await (device.parent ?? device).portNumber(),
    serial: await device.serialNumber(),
    volatile: volatileCapacity * CAPACITY_MULTIPLIER,
    cdat: await readCdat(device),
    decoders,
    enable: () => enable(device),
  };
}

async function enable(device: PciDevice): Promise<void> {
  const dvsec = await device.dvsec(CXL_VENDOR, DVSEC_ID.device);
  if (dvsec === undefined) throw new DecodeError(device.address, 'has no PCIe DVSEC for CXL Devices');
  const control = (await device.read(dvsec + DEVICE_DVSEC.control)) & 0xffff;
  await device.write(dvsec + DEVICE_DVSEC.control, DeviceControl.encode({ memEnable: true }, control));
}
