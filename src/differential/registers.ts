/** Configuration space, component registers and device registers of all that hangs from CXL host bridges, word by word. */

import { decodeCedt } from '../codec/acpi/cedt';
import { hex } from '../codec/range';
import { type Structure, structuresIn, wordAt } from '../compare/structures';
import { FunctionRegisters } from '../driver/function-registers';
import type { BlockName } from '../machine/registers';
import type { Comparator, Specimen } from './comparator';
import type { Tree } from './difference';
import { cxlFunctions } from './functions';
import { tableIfAny } from './tables';

/** As firmware has left them. */
export const registers: Comparator = { name: 'registers', observe: (specimen) => dumpAll(specimen) };

/** After decoders were programmed, and commands were given. */
export const registersInUse: Comparator = { name: 'registers in use', observe: (specimen) => dumpAll(specimen) };

async function dumpAll(specimen: Specimen): Promise<Tree> {
  const { machine } = specimen;
  const cedt = decodeCedt((await tableIfAny(specimen, 'CEDT')) ?? new Uint8Array());
  const bridges = cedt.flatMap((structure) => {
    if (structure.kind !== 'CHBS') return [];
    const { uid } = structure;
    return [{ id: `host bridge ${uid}`, of: FunctionRegisters.ofHostBridge(machine, uid, structure.registers.base) }];
  });
  const functions = await cxlFunctions(specimen);
  const all = [
    ...bridges,
    ...(await Promise.all(
      functions.map(async ({ id, device }) => ({ id, of: await FunctionRegisters.of(machine, device) })),
    )),
  ];
  const found: Record<string, Tree> = {};
  for (const { id, of } of all) {
    const { blocks } = await of.dump();
    found[id] = Object.fromEntries(
      Object.entries(blocks).map(([block, bytes]) => [block, named(block as BlockName, bytes)]),
    );
  }
  return found;
}

/** The words that are not zero, by the names of their structures and registers. */
function named(block: BlockName, bytes: Uint8Array): Tree {
  const structures = structuresIn[block](bytes).sort((a, b) => b.start - a.start);
  const words = Array.from({ length: bytes.length / 4 }, (_, i) => i * 4).filter((at) => wordAt(bytes, at) !== 0);
  return Object.fromEntries(words.map((at) => [nameOf(at, structures), BigInt(wordAt(bytes, at))]));
}

function nameOf(offset: number, structures: readonly Structure[]): string {
  const within = structures.find(({ start }) => start <= offset);
  const register = within?.registers.find(({ at }) => within.start + at === offset);
  return `${[within?.name, register?.name].filter(Boolean).join(', ')} at ${hex(offset)}`;
}
