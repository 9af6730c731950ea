/** Registers under writes and resets: what each keeps of what is written to it, and what each kind of reset leaves. */

import { fromBytes } from '../codec/bytes';
import { hex } from '../codec/range';
import { structuresIn } from '../named-registers/structures';
import { setUp } from '../target/real-and-modelled';
import { PLACING, restore, savedOf } from '../target/resets';
import type { Comparator, Specimen } from './comparator';
import type { Tree } from './difference';
import type { Pass, Step } from './draw';
import { dumpAll, named, type Target, targetsOf } from './registers';
import { reset } from './resets';
import { BLOCK_SIZE, written } from './written-values';

export const writesAndResets: Comparator = {
  name: 'writes and resets',
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
    await setUp(specimen.machine);
    return dumpAll(targets);
  }
  const held = await Promise.all(targets.map(({ of, layout }) => (layout === undefined ? [] : savedOf(of))));
  await reset(targets, step);
  const lost = await configurations(targets);
  for (const [i, { of }] of targets.entries()) await restore(of, held[i] ?? []);
  return { lost, restored: await dumpAll(targets) };
}

/** Writes to all registers of a function. Yields what those that are restored have kept. */
async function sweep({ of }: Target, pass: Pass): Promise<Tree> {
  const kept: Record<string, Tree> = {};
  for (const block of of.blocks.keys()) {
    const structures = structuresIn[block]((await of.dump([block])).blocks[block] ?? new Uint8Array());
    const held = block === 'configuration' ? await savedOf(of) : [];
    const set = async (from: number, to: number) => {
      for (let at = from; at < to; at += pass.width) {
        const value = written(pass, { block, at, structures });
        if (value !== undefined) await of.write(block, at, pass.width, value);
      }
    };
    for (const [n, at] of (held.length > 0 ? PLACING : []).entries()) {
      await set(at, at + 4);
      kept[hex(at)] = BigInt(await of.read(block, at, 4));
      await restore(of, held.slice(n, n + 1));
    }
    await restore(of, held.slice(-1));
    await set(held.length > 0 ? 0x30 : 0, BLOCK_SIZE);
  }
  return kept;
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
