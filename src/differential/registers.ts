/** Configuration space, component registers and device registers of all that hangs from CXL host bridges, field by field. */

import { decodeCedt } from '../codec/acpi/cedt';
import { hex } from '../codec/range';
import { FunctionRegisters } from '../driver/function-registers';
import type { BlockName } from '../machine/registers';
import { type NamedRegister, structuresIn, wordAt } from '../named-registers/structures';
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

/** What is not zero, by the names of structures and registers; a register is where it is within its structure. */
export function named(block: BlockName, bytes: Uint8Array): Tree {
  const structures = structuresIn[block](bytes).sort((a, b) => a.start - b.start);
  const found: Record<string, Record<string, Tree>> = {};
  for (const [i, { name, start, registers }] of structures.entries()) {
    const end = structures[i + 1]?.start ?? bytes.length;
    const offsets = Array.from({ length: Math.max(0, Math.ceil((end - start) / 4)) }, (_, n) => start + n * 4);
    const filled = offsets.filter((at) => wordAt(bytes, at) !== 0);
    const words = filled.map((at) => [
      nameOf(at - start, registers),
      fieldsOf(at - start, wordAt(bytes, at), registers),
    ]);
    found[unused(name, found)] = { at: hex(start), ...Object.fromEntries(words) };
  }
  return found;
}

const registerAt = (offset: number, registers: readonly NamedRegister[]) => registers.find(({ at }) => at === offset);

const nameOf = (offset: number, registers: readonly NamedRegister[]): string =>
  registerAt(offset, registers)?.name ?? `offset ${hex(offset)}`;

/** Its fields, and the bits that belong to none. */
function fieldsOf(offset: number, word: number, registers: readonly NamedRegister[]): Tree {
  const { fields = [] } = registerAt(offset, registers)?.register ?? {};
  const values = fields.map(({ name, mask }) => [name, BigInt(((word & mask) >>> 0) / ((mask & -mask) >>> 0))]);
  const rest = fields.reduce((left, { mask }) => (left & ~mask) >>> 0, word);
  return fields.length === 0 ? BigInt(word) : { ...Object.fromEntries(values), 'other bits': BigInt(rest) };
}

/** There may be several of a kind: `DOE`, `DOE, second`. */
function unused(name: string, taken: object): string {
  const names = [name, `${name}, second`, `${name}, third`];
  return names.find((each) => !(each in taken)) ?? `${name}, number ${Object.keys(taken).length}`;
}
