/** Resets of part of a machine, as software initiates them, and what it saves of functions before. */
import { BridgeControl, CONFIG } from '../codec/pci/configuration';
import { FunctionReset, PCI_EXPRESS } from '../codec/pci/express';
import type { Registers } from '../machine/registers';
import { structuresIn } from '../named-registers/structures';

/** Registers by which a function is found: Command, BARs, and of a bridge bus numbers and windows. */
export const PLACING = Array.from({ length: 11 }, (_, i) => CONFIG.command + 4 * i);

/** Of registers whose high half is status, or reserved. */
const LOW_HALF = 0xffffn;

/** Values of {@link PLACING} in the order in which they are restored: Command is 0 until all others are. */
export async function savedOf(registers: Registers): Promise<(readonly [number, bigint])[]> {
  const values = PLACING.map(async (at) => [at, await registers.read('configuration', at, 4)] as const);
  const [[, command = 0n] = [], ...others] = await Promise.all(values);
  return [[CONFIG.command, 0n], ...others, [CONFIG.command, command & LOW_HALF]];
}

export async function restore(registers: Registers, saved: readonly (readonly [number, bigint])[]): Promise<void> {
  for (const [at, value] of saved) await registers.write('configuration', at, 4, value);
}

/** Sets Secondary Bus Reset of a bridge, and clears it. */
export async function resetBus(bridge: Registers): Promise<void> {
  const before = await bridge.read('configuration', CONFIG.interrupt, 4);
  const bit = BigInt(BridgeControl.encode({ secondaryBusReset: true }));
  await bridge.write('configuration', CONFIG.interrupt, 4, before | bit);
  await bridge.write('configuration', CONFIG.interrupt, 4, before & ~bit);
}

/** Initiates Function Level Reset, whether the function says that it has that or not. */
export async function resetFunction(registers: Registers): Promise<void> {
  const { configuration = new Uint8Array() } = (await registers.dump()).blocks;
  const express = structuresIn.configuration(configuration).find(({ name }) => name === 'PCI Express');
  if (!express) return;
  const at = express.start + PCI_EXPRESS.device;
  const before = (await registers.read('configuration', at, 4)) & LOW_HALF;
  await registers.write('configuration', at, 4, before | BigInt(FunctionReset.encode({ initiate: true })));
}
