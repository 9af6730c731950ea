/**
 * What software can write: ones are written to the registers of each function's DVSECs and, of a bridge, to Secondary Bus Reset.
 * Two QEMUs are compared so; much of it no scenario asserts.
 */
import { BridgeControl, CONFIG, LAYOUT } from '../codec/pci/configuration';
import { FunctionRegisters } from '../driver/function-registers';
import { structuresIn } from '../named-registers/structures';
import type { Comparator } from './comparator';
import type { Tree } from './difference';
import { cxlFunctions, type NamedFunction } from './functions';
import { named } from './registers';

/** Of a DVSEC: its headers, which are read-only. */
const HEADERS = 0xc;
const ONES = 0xffff_ffffn;

const RESET = BigInt(BridgeControl.encode({ secondaryBusReset: true }));

/** Those farthest from the host bridge first: a reset of the bus that leads to a function takes its registers away. */
export const writes: Comparator = {
  name: 'writes',
  observe: async (specimen) => {
    const functions = await cxlFunctions(specimen);
    const found: Record<string, Tree> = {};
    for (const each of [...functions].reverse()) {
      found[each.id] = await written(await FunctionRegisters.of(specimen.machine, each.device), each);
    }
    return found;
  },
};

/** From the last register to the first: CXL Lock comes between what it locks, so that both is seen. */
async function written(of: FunctionRegisters, { device }: NamedFunction): Promise<Tree> {
  const reset = device.layout === LAYOUT.bridge ? await secondaryBusReset(of) : undefined;
  for (const { name, start, size = 0 } of structuresIn.configuration(await configurationOf(of))) {
    if (!isDvsec(name)) continue;
    for (let at = start + size - 4; at >= start + HEADERS; at -= 4) await of.write('configuration', at, 4, ONES);
  }
  const after = named('configuration', await configurationOf(of)) as Readonly<Record<string, Tree>>;
  const dvsecs = Object.entries(after).filter(([name]) => isDvsec(name));
  return { ...Object.fromEntries(dvsecs), ...(reset !== undefined && { 'Secondary Bus Reset': reset }) };
}

const isDvsec = (name: string): boolean => /\bDVSEC\b/.test(name);

async function configurationOf(of: FunctionRegisters): Promise<Uint8Array> {
  return (await of.dump(['configuration'])).blocks.configuration ?? new Uint8Array();
}

/** Whether it reads as set once it has been set; it is cleared afterwards. */
async function secondaryBusReset(of: FunctionRegisters): Promise<boolean> {
  const before = await of.read('configuration', CONFIG.interrupt, 4);
  await of.write('configuration', CONFIG.interrupt, 4, before | RESET);
  const after = await of.read('configuration', CONFIG.interrupt, 4);
  await of.write('configuration', CONFIG.interrupt, 4, before);
  return (after & RESET) !== 0n;
}
