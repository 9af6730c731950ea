/** A CXL memory device with no driver on it: what software of another kind than Linux meets. */
import { decodeMcfg } from '../codec/acpi/mcfg';
import { BLOCK_ID } from '../codec/cxl/dvsec';
import { DecodeError } from '../codec/decode-error';
import { CLASS } from '../codec/pci/configuration';
import type { Hardware } from '../machine/hardware';
import type { MemoryDevice } from '../machine/memory-device';
import type { Place } from '../machine/registers';
import type { Acpi } from './acpi';
import { functionAt } from './find-registers';
import { DeviceRegisters } from './memory-device';
import { type PciDevice, scanBus } from './pci';
import { registerBlocks } from './register-blocks';

/** The device with that serial number, where firmware has placed it. @throws DecodeError if it is not there. */
export async function memoryDevice(hardware: Hardware, acpi: Acpi, serial: bigint): Promise<MemoryDevice> {
  const registers = (await registerBlocks(await functionOf(hardware, acpi, serial))).get(BLOCK_ID.device);
  if (registers === undefined) throw new DecodeError(`device ${serial}`, 'locates no device registers');
  return DeviceRegisters.open(hardware, registers);
}

/** The mailbox of the function at `place`. @throws DecodeError if it is not there. */
export async function mailboxAt(hardware: Hardware, acpi: Acpi, place: Place): Promise<MemoryDevice> {
  const registers = (await registerBlocks(await functionAt(hardware, acpi, place))).get(BLOCK_ID.device);
  if (registers === undefined) throw new DecodeError('switch', 'locates no device registers');
  return DeviceRegisters.open(hardware, registers);
}

/** All of them, in the order in which they are found. @throws DecodeError if one locates no device registers */
export async function memoryDevices(hardware: Hardware, acpi: Acpi) {
  const found: { address: string; device: MemoryDevice }[] = [];
  for (const at of await memoryFunctions(hardware, acpi)) {
    const registers = (await registerBlocks(at)).get(BLOCK_ID.device);
    if (registers === undefined) throw new DecodeError(at.address, 'locates no device registers');
    found.push({ address: at.address, device: await DeviceRegisters.open(hardware, registers) });
  }
  return found;
}

async function functionOf(hardware: Hardware, acpi: Acpi, serial: bigint): Promise<PciDevice> {
  for (const device of await memoryFunctions(hardware, acpi)) {
    if ((await device.serialNumber()) === serial) return device;
  }
  throw new DecodeError(`device ${serial}`, 'is behind no CXL host bridge');
}

async function memoryFunctions(hardware: Hardware, acpi: Acpi): Promise<PciDevice[]> {
  const ecam = decodeMcfg(await acpi.table('MCFG')).base;
  const found: PciDevice[] = [];
  for (const { bus } of await acpi.hostBridges()) found.push(...(await scanBus(hardware, ecam, bus)));
  return found.filter(({ classCode }) => classCode === CLASS.cxlMemory);
}
