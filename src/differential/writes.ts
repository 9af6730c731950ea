/** Registers under writes and resets: what each keeps of what is written to it, and what each kind of reset leaves. */

import { decodeCedt } from '../codec/acpi/cedt';
import { fromBytes } from '../codec/bytes';
import { CONFIG, HeaderType, LAYOUT } from '../codec/pci/configuration';
import { hex } from '../codec/range';
import { FunctionRegisters } from '../driver/function-registers';
import { boot } from '../firmware/boot';
import type { BlockName } from '../machine/registers';
import { structuresIn } from '../named-registers/structures';
import type { Comparator, Specimen } from './comparator';
import type { Tree } from './difference';
import type { Pass, Step } from './draw';
import { cxlFunctions } from './functions';
import { named } from './registers';
import { reset } from './resets';
import { tableIfAny } from './tables';
import { BLOCK_SIZE, written } from './written-values';

/** A function or host bridge, by the id that it was drawn with. */
export interface Target {
  readonly id: string;
  readonly of: FunctionRegisters;
  /** Of configuration space: whether it has the header of a bridge; undefined of what has none. */
  readonly layout?: number;
}

export const writes: Comparator = {
  name: 'writes',
  observe: async (specimen) => {
    const targets = await targetsOf(specimen);
    const seen: Record<string, Tree> = {};
    for (const [n, step] of (specimen.draw.steps ?? []).entries()) {
      seen[`${n}: ${nameOf(step)}`] = await act(specimen, targets, step);
    }
    return seen;
  },
};

const nameOf = (step: Step): string =>
  step.kind === 'write' ? `${showValue(step)} by ${step.width} bytes` : `${step.kind} reset`;

const showValue = ({ value }: Pass): string => (typeof value === 'number' ? `values of seed ${value}` : value);

async function act(specimen: Specimen, targets: readonly Target[], step: Step): Promise<Tree> {
  if (step.kind === 'write') {
    const placing: Record<string, Tree> = {};
    for (const target of [...targets].reverse()) placing[target.id] = await sweep(target, step);
    return { placing, kept: await dumpAll(targets) };
  }
  if (step.kind === 'machine') {
    await specimen.machine.reset();
    await boot(specimen.machine, { reservations: [] }, new Set());
    return dumpAll(targets);
  }
  const held = await Promise.all(targets.map(({ of, layout }) => (layout === undefined ? undefined : placing(of))));
  await reset(targets, step);
  const lost = await configurations(targets);
  for (const [i, { of }] of targets.entries()) for (const [at, value] of held[i] ?? []) await put(of, at, value);
  return { lost, restored: await dumpAll(targets) };
}

/** Registers by which a function is found: they are restored after each write. Command comes first, and is restored last. */
const PLACING = Array.from({ length: 11 }, (_, i) => CONFIG.command + 4 * i);

const STATUS = 0xffff_0000;

async function placing(of: FunctionRegisters): Promise<(readonly [number, number])[]> {
  const values = PLACING.map(async (at) => [at, Number(await of.read('configuration', at, 4))] as const);
  const [[, command = 0] = [], ...others] = await Promise.all(values);
  return [[CONFIG.command, 0], ...others, [CONFIG.command, (command & ~STATUS) >>> 0]];
}

const put = (of: FunctionRegisters, at: number, value: number) => of.write('configuration', at, 4, BigInt(value));

/** Writes to all registers of a function. Yields what those that are restored have kept. */
async function sweep({ of }: Target, pass: Pass): Promise<Tree> {
  const kept: Record<string, Tree> = {};
  for (const block of of.blocks.keys()) {
    const structures = structuresIn[block]((await of.dump([block])).blocks[block] ?? new Uint8Array());
    const held = block === 'configuration' ? await placing(of) : [];
    const set = async (from: number, to: number) => {
      for (let at = from; at < to; at += pass.width) {
        const value = written(pass, { block, at, structures });
        if (value !== undefined) await of.write(block, at, pass.width, value);
      }
    };
    for (const [n, at] of (held.length > 0 ? PLACING : []).entries()) {
      await set(at, at + 4);
      kept[hex(at)] = BigInt(await of.read(block, at, 4));
      await put(of, at, n === 0 ? 0 : (held[n]?.[1] ?? 0));
    }
    const last = held.at(-1);
    if (last) await put(of, ...last);
    await set(held.length > 0 ? 0x30 : 0, BLOCK_SIZE);
  }
  return kept;
}

async function targetsOf(specimen: Specimen): Promise<Target[]> {
  const { machine } = specimen;
  const cedt = decodeCedt((await tableIfAny(specimen, 'CEDT')) ?? new Uint8Array());
  const bridges = cedt.flatMap((structure) => {
    if (structure.kind !== 'CHBS') return [];
    const { uid, registers } = structure;
    return [{ id: `host bridge ${uid}`, of: FunctionRegisters.ofHostBridge(machine, uid, registers.base) }];
  });
  const functions = (await cxlFunctions(specimen)).map(async ({ id, device }) => ({
    ...{ id, of: await FunctionRegisters.of(machine, device) },
    layout: HeaderType.decode(await device.read(CONFIG.headerType)).layout,
  }));
  return [...bridges, ...(await Promise.all(functions))];
}

async function dumpAll(targets: readonly Target[]): Promise<Tree> {
  const found: Record<string, Tree> = {};
  for (const { id, of } of targets) {
    const { blocks } = await of.dump();
    const trees = Object.entries(blocks).map(([block, bytes]) => [block, named(block as BlockName, bytes)]);
    found[id] = Object.fromEntries(trees);
  }
  return found;
}

/** Configuration space alone, for functions that have lost their BARs; nothing of those that cannot be reached. */
async function configurations(targets: readonly Target[]): Promise<Tree> {
  const found: Record<string, Tree> = {};
  for (const { id, of, layout } of targets) {
    if (layout === undefined) continue;
    const { configuration } = (await of.dump(['configuration'])).blocks;
    if (!configuration) continue;
    const there = fromBytes(configuration.subarray(0, 4)) !== 0xffff_ffffn;
    found[id] = there ? named('configuration', configuration) : 'not reached';
  }
  return found;
}

/** Whether it has a bus behind it. */
export const isBridge = ({ layout }: Target): boolean => layout === LAYOUT.bridge;
