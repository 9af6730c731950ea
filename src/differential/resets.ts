/** Resets of a part of a machine, as software initiates them. */
import { PCI_EXPRESS } from '../codec/pci/capability';
import { BridgeControl, CONFIG, LAYOUT } from '../codec/pci/configuration';
import { FunctionReset } from '../codec/pci/express';
import type { FunctionRegisters } from '../driver/function-registers';
import { structuresIn } from '../named-registers/structures';
import type { Reset } from './draw';

interface Resettable {
  readonly of: FunctionRegisters;
  /** Of the header; undefined of what has no configuration space. */
  readonly layout?: number;
}

const CONTROL = 0xffffn;

/** Nothing, if there is nothing that can be reset so. */
export async function reset(targets: readonly Resettable[], { kind, position }: Reset): Promise<void> {
  const wanted = targets.filter(({ layout }) => (kind === 'bus' ? layout === LAYOUT.bridge : layout !== undefined));
  const { of } = wanted[position % Math.max(1, wanted.length)] ?? {};
  if (!of) return;
  if (kind === 'bus') await resetBus(of);
  else await resetFunction(of);
}

/** Sets Secondary Bus Reset of a bridge, and clears it. */
async function resetBus(of: FunctionRegisters): Promise<void> {
  const before = await of.read('configuration', CONFIG.interrupt, 4);
  const bit = BigInt(BridgeControl.encode({ secondaryBusReset: true }));
  await of.write('configuration', CONFIG.interrupt, 4, before | bit);
  await of.write('configuration', CONFIG.interrupt, 4, before & ~bit);
}

/** Whether the function says that it can be reset so or not. */
async function resetFunction(of: FunctionRegisters): Promise<void> {
  const { configuration = new Uint8Array() } = (await of.dump(['configuration'])).blocks;
  const express = structuresIn.configuration(configuration).find(({ name }) => name === 'PCI Express');
  if (!express) return;
  const at = express.start + PCI_EXPRESS.device;
  const before = (await of.read('configuration', at, 4)) & CONTROL;
  await of.write('configuration', at, 4, before | BigInt(FunctionReset.encode({ initiate: true })));
}
