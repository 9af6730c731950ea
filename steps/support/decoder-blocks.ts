import { expect } from 'expect';
import type { Range } from '../../src/codec/range';
import { NotApplicable } from '../../src/ledger/verdict';
import type {
  CommitTrial,
  DecoderBlock,
  DecoderOwner,
  DecoderSettings,
  DecoderState,
} from '../../src/machine/decoder-bench';
import { bytes } from './parameter-types';
import type { CxlWorld } from './world';

/** What a scenario says of a decoder; the rest is one way in the finest granularity, without a skip, to the first port. */
interface Wanted extends CommitSettings {
  /** Of the window. */
  readonly part: Range;
  readonly window: number;
}

/** What a scenario says of a commit beside its range. */
export type CommitSettings = Partial<Omit<DecoderSettings, 'range'>>;

/** Whether a step claims that the decoder answers Committed. */
export type Commit = 'is committed' | 'was committed' | 'was programmed';

/** `, with Lock On Commit`, `, with a DPA skip of 256M`, `, with interleave ways 5 and granularity 0`, both encoded. */
export function commitSettings(text: string): CommitSettings {
  const [, skip] = /DPA skip of (\w+)/.exec(text) ?? [];
  const [, ways, granularity = '0'] = /interleave ways (\d+)(?: and granularity (\d+))?/.exec(text) ?? [];
  return {
    ...(text.includes('Lock On Commit') && { lockOnCommit: true }),
    ...(skip !== undefined && { skip: bytes(skip) }),
    ...(ways !== undefined && { interleaveWays: Number(ways), interleaveGranularity: Number(granularity) }),
  };
}

/** The decoders of a host bridge, or of a device. @throws NotApplicable if it has none */
export async function blockOf(world: CxlWorld, id: string): Promise<DecoderBlock> {
  const block = await (await world.bench()).block(ownerOf(world, id));
  if (!block) throw new NotApplicable(`${id} has no HDM decoders`);
  return block;
}

const ownerOf = (world: CxlWorld, id: string): DecoderOwner =>
  isHostBridge(world, id) ? { hostBridge: world.uidOf(id) } : { device: world.serialOf(id) };

const isHostBridge = (world: CxlWorld, id: string): boolean => world.hostBridges.some((bridge) => bridge.id === id);

/** Lets the decoders decode, and commits one. @throws NotApplicable if there is no such decoder */
export async function commit(
  world: CxlWorld,
  n: number,
  id: string,
  { part, window, ...settings }: Wanted,
): Promise<DecoderState> {
  const block = await blockOf(world, id);
  if (n >= block.count) throw new NotApplicable(`${id} has ${block.count} HDM decoder(s)`);
  const { base } = await (await world.bench()).window(window);
  await block.enable(true);
  return block.commit(n, {
    range: { base: base + part.base, size: part.size },
    interleaveWays: 0,
    interleaveGranularity: 0,
    ...(isHostBridge(world, id) && { targets: [0] }),
    ...settings,
  });
}

export function expectCommitted(n: number, id: string, state: DecoderState): void {
  const what = `decoder ${n} of ${id}`;
  expect({ [what]: state.committed ? 'Committed' : showAnswer(state) }).toEqual({ [what]: 'Committed' });
}

/** In the specification's words. */
export function showAnswer({ commit: asked, committed, errorNotCommitted }: DecoderState): string {
  const answers = [committed ? 'Committed' : '', errorNotCommitted ? 'Error Not Committed' : ''].filter(Boolean);
  const answer = answers.join(' and ') || 'neither';
  return asked || answer === 'neither' ? answer : `${answer}, with Commit clear`;
}

/** Whose decoder it was, and its answers. */
export const commitsOf = (trials: readonly CommitTrial[]) =>
  trials.map(({ of, committed, released }) => ({
    of,
    committed: showAnswer(committed),
    released: showAnswer(released),
  }));
