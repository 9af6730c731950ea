/** Registers of CXL functions with no driver on them: what software of another kind than Linux meets. */
import { decodeMcfg } from '../codec/acpi/mcfg';
import { DecodeError } from '../codec/decode-error';
import type { Hardware } from '../machine/hardware';
import type { Place, Registers } from '../machine/registers';
import type { Acpi, HostBridgeDevice } from './acpi';
import { FunctionRegisters } from './function-registers';
import { type PciDevice, scanBus } from './pci';

/** Those at `place`, where firmware has put them. @throws DecodeError if nothing is there. */
export async function registersAt(hardware: Hardware, acpi: Acpi, place: Place): Promise<Registers> {
  const { hostBridge, way } = place;
  const bridge = (await acpi.hostBridges()).find(({ uid }) => uid === hostBridge);
  if (!bridge) throw new DecodeError('DSDT', `has no host bridge ${hostBridge}`);
  if (way.length === 0) return FunctionRegisters.ofHostBridge(hardware, hostBridge, bridge.registers.base);
  return FunctionRegisters.of(hardware, await functionAt(hardware, acpi, place));
}

/** @throws DecodeError if nothing is there. */
export async function functionAt(
  hardware: Hardware,
  acpi: Acpi,
  { hostBridge, way, fn = 0 }: Place,
): Promise<PciDevice> {
  const bridge = (await acpi.hostBridges()).find(({ uid }) => uid === hostBridge);
  const found = bridge ? await functionsOf(hardware, acpi, bridge) : [];
  const device = found.find((each) => `${wayTo(each)}` === `${way}` && each.location.fn === fn);
  if (!device) throw new DecodeError(`host bridge ${hostBridge}`, `leads to no function at ${way.join(', ')}`);
  return device;
}

/** Those of each host bridge, and of each function behind them. */
export async function allRegisters(hardware: Hardware, acpi: Acpi): Promise<Registers[]> {
  const found: Registers[] = [];
  for (const bridge of await acpi.hostBridges()) {
    const { uid, registers } = bridge;
    found.push(FunctionRegisters.ofHostBridge(hardware, uid, registers.base));
    for (const device of await functionsOf(hardware, acpi, bridge)) {
      found.push(await FunctionRegisters.of(hardware, device));
    }
  }
  return found;
}

async function functionsOf(hardware: Hardware, acpi: Acpi, { bus }: HostBridgeDevice): Promise<PciDevice[]> {
  const ecam = decodeMcfg(await acpi.table('MCFG')).base;
  return scanBus(hardware, ecam, bus);
}

/** Device numbers from the root bus on. */
const wayTo = (device: PciDevice): number[] => [...(device.parent ? wayTo(device.parent) : []), device.location.device];
