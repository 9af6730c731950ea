/** CXL memory devices as Linux probes them: drivers/cxl/pci.c: cxl_pci_probe(), drivers/cxl/mem.c: cxl_mem_probe(). */
import { sum } from '../codec/acpi/table';
import { BLOCK_ID, CXL_VENDOR, DEVICE_DVSEC, DeviceControl, DVSEC_ID } from '../codec/cxl/dvsec';
import { OPCODE } from '../codec/cxl/mailbox/command';
import { EventInterruptPolicy, INTERRUPT_MODE } from '../codec/cxl/mailbox/events';
import { CAPACITY_MULTIPLIER, Identify, PartitionInfo } from '../codec/cxl/mailbox/memory-device';
import { DecodeError } from '../codec/decode-error';
import { CONFIG, Command } from '../codec/pci/configuration';
import { contains, type Range } from '../codec/range';
import { readCdat } from '../driver/cdat';
import { HdmDecoders } from '../driver/hdm-decoders';
import { Mailbox } from '../driver/mailbox';
import type { PciDevice } from '../driver/pci';
import { registerBlocks } from '../driver/register-blocks';
import type { Linux } from '../ledger/linux';
import type { Hardware, Hpa } from '../machine/hardware';
import type { Memdev } from '../machine/host';
import { DpaSpace } from './dpa';

/** A memdev, and what it takes to map it. */
export interface MemdevState {
  readonly memdev: Memdev;
  readonly device: PciDevice;
  readonly dpa: DpaSpace;
  readonly decoders: HdmDecoders;
  /** Why Linux gives it no endpoint port, so that it cannot be part of a region. */
  readonly trouble: string | undefined;
  /** Undefined if it has none, or none that Linux takes. */
  readonly cdat: Uint8Array | undefined;
}

/** Linux gives up a device, with these words. */
export class ProbeError extends Error {
  override readonly name = 'ProbeError';
}

/** @throws ProbeError, DecodeError where Linux gives up; MailboxError if the device refuses a command that it must have. */
export async function probeMemdev(
  hardware: Hardware,
  device: PciDevice,
  name: string,
  windows: readonly Range[],
  linux: Linux,
): Promise<MemdevState> {
  const { memorySpace } = Command.decode(await device.read(CONFIG.command));
  if (!memorySpace) throw new ProbeError("can't enable device: BAR not assigned");
  const [serial, blocks] = await Promise.all([device.serialNumber(), registerBlocks(device)]);
  const component = blocks.get(BLOCK_ID.component);
  const registers = blocks.get(BLOCK_ID.device);
  if (registers === undefined) throw new DecodeError(device.address, 'locates no device registers');
  if (component === undefined) throw new DecodeError(device.address, 'No component registers');
  const [mailbox, decoders] = await Promise.all([
    Mailbox.open(hardware, registers),
    HdmDecoders.find(hardware, component),
  ]);
  if (!decoders) throw new DecodeError(device.address, 'HDM decoder capability not found');

  const opcodes = (await mailbox.effectsLog()).map(({ opcode }) => opcode);
  if (linux.has('eventInterrupts')) await configureEvents(mailbox, opcodes);
  const identify = Identify.decode(await mailbox.send(OPCODE.identifyMemoryDevice));
  const { volatile, persistent } = await capacities(mailbox, identify, opcodes);
  const trouble = await initializeDecode(device, decoders, windows);
  const firmware = identify.firmwareRevision;
  const memdev = { name, serial, volatile, persistent, firmware, host: device.address };
  const cdat = trouble ? undefined : await validCdat(device, linux);
  return { memdev, device, dpa: new DpaSpace(volatile, persistent), decoders, trouble, cdat };
}

/** Linux drivers/cxl/pci.c: cxl_event_irqsetup(): a device that takes an interrupt for its logs says so when asked again. */
async function configureEvents(mailbox: Mailbox, opcodes: readonly number[]): Promise<void> {
  if (!opcodes.includes(OPCODE.setEventInterruptPolicy)) return;
  const { msi, mask } = INTERRUPT_MODE;
  const policy = EventInterruptPolicy.encode({ informational: msi, warning: msi, failure: msi, fatal: msi });
  await mailbox.send(OPCODE.setEventInterruptPolicy, policy);
  const { informational } = EventInterruptPolicy.decode(await mailbox.send(OPCODE.getEventInterruptPolicy));
  if ((informational & mask) !== msi) throw new ProbeError('Failed to get interrupt for event Info log');
}

/** Linux cxl_mem_create_range_info(): a device whose partition can be moved tells how it is now. */
async function capacities(mailbox: Mailbox, identify: ReturnType<typeof Identify.decode>, opcodes: readonly number[]) {
  const { totalCapacity, volatileCapacity, persistentCapacity, partitionAlignment } = identify;
  if (volatileCapacity + persistentCapacity > totalCapacity) {
    throw new DecodeError(
      'Identify Memory Device',
      `${volatileCapacity} + ${persistentCapacity} exceed the total of ${totalCapacity}`,
    );
  }
  if (partitionAlignment === 0n || !opcodes.includes(OPCODE.getPartitionInfo)) {
    return { volatile: volatileCapacity * CAPACITY_MULTIPLIER, persistent: persistentCapacity * CAPACITY_MULTIPLIER };
  }
  const { activeVolatile, activePersistent } = PartitionInfo.decode(await mailbox.send(OPCODE.getPartitionInfo));
  return { volatile: activeVolatile * CAPACITY_MULTIPLIER, persistent: activePersistent * CAPACITY_MULTIPLIER };
}

/** Linux drivers/cxl/core/pci.c: read_cdat_data(): what cannot be read, or does not sum to zero, is as if it were not there. */
async function validCdat(device: PciDevice, linux: Linux): Promise<Uint8Array | undefined> {
  const table = await readCdat(device).catch((error: Error) => {
    if (error instanceof DecodeError) return undefined;
    throw error;
  });
  return table && linux.has('cdatChecksum') && sum(table) !== 0 ? undefined : table;
}

/**
 * Linux drivers/cxl/core/pci.c: cxl_hdm_decode_init(). Memory that is enabled while HDM decoders are not is taken for
 * set up by the DVSEC's own ranges, which then have to lie in a window. Yields what Linux says if it gives up.
 */
async function initializeDecode(
  device: PciDevice,
  decoders: HdmDecoders,
  windows: readonly Range[],
): Promise<string | undefined> {
  const dvsec = await device.dvsec(CXL_VENDOR, DVSEC_ID.device);
  if (dvsec === undefined) throw new DecodeError(device.address, 'has no PCIe DVSEC for CXL Devices');
  const control = (await device.read(dvsec + DEVICE_DVSEC.control)) & 0xffff;
  const { memEnable } = DeviceControl.decode(control);
  if (memEnable && !(await decoders.isEnabled())) {
    const base = await rangeBase(device, dvsec);
    if (!windows.some((window) => contains(window, base))) {
      return 'Range register decodes outside platform defined CXL ranges.';
    }
  }
  const write = device.write(dvsec + DEVICE_DVSEC.control, DeviceControl.encode({ memEnable: true }, control));
  await Promise.all([write, decoders.enable()]);
  return undefined;
}

/** HPA at which the first range of the DVSEC begins. */
async function rangeBase(device: PciDevice, dvsec: number): Promise<Hpa> {
  const { rangeBaseHigh, rangeBaseLow } = DEVICE_DVSEC;
  const [high, low] = await Promise.all([device.read(dvsec + rangeBaseHigh), device.read(dvsec + rangeBaseLow)]);
  return (BigInt(high) << 32n) | BigInt((low & 0xf000_0000) >>> 0);
}
