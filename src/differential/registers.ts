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

/** A function or host bridge, by the id that it was drawn with. */
export interface Target {
  readonly id: string;
  readonly of: FunctionRegisters;
  /** Of configuration space: the layout of its header; undefined of what has none. */
  readonly layout?: number;
}

const observe = async (specimen: Specimen): Promise<Tree> => dumpAll(await targetsOf(specimen));

/** As firmware has left them. */
export const registers: Comparator = { name: 'registers', observe };

/** After decoders were programmed, and commands were given. */
export const registersInUse: Comparator = { name: 'registers in use', observe };

export async function targetsOf(specimen: Specimen): Promise<Target[]> {
  const { machine } = specimen;
  const cedt = decodeCedt((await tableIfAny(specimen, 'CEDT')) ?? new Uint8Array());
  const bridges = cedt.flatMap((structure) => {
    if (structure.kind !== 'CHBS') return [];
    const { uid, registers } = structure;
    return [{ id: `host bridge ${uid}`, of: FunctionRegisters.ofHostBridge(machine, uid, registers.base) }];
  });
  const functions = (await cxlFunctions(specimen)).map(async ({ id, device }) => ({
    id,
    of: await FunctionRegisters.of(machine, device),
    layout: device.layout,
  }));
  return [...bridges, ...(await Promise.all(functions))];
}

export async function dumpAll(targets: readonly Target[]): Promise<Tree> {
  const found: Record<string, Tree> = {};
  for (const { id, of } of targets) {
    const { blocks } = await of.dump();
    const trees = Object.entries(blocks).map(([block, bytes]) => [block, named(block as BlockName, bytes)]);
    found[id] = Object.fromEntries(trees);
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
