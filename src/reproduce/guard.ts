/**
 * A read that shows that what a fault is looked for in is there at all: an address that nothing decodes answers as well, and
 * what it answers may be the wrong value.
 */
import { type Call, isRead, isWrite, type Machine, type Outcome, showOutcome } from '../target/tape';
import type { Probe } from './probe';
import { replay } from './replay';

/** Reads of the same page, then of the same registers: a BAR of a device is of 64 KiB. */
const NEAR = [12n, 16n];

/** So many of each are tried: of the nearest, and of the first, where registers say what they are. */
const MOST = 6;

/** Of a block so much is read. */
const BLOCK = 4;

/** Values that are answered where nothing is. */
const isTrivial = (text: string): boolean => /^"?(0+|f+)"?$/.test(text);

/** Whether an answer is one that only what is there can give. */
export const isTelling = (outcome: Outcome | undefined): boolean => {
  if (!outcome || !('value' in outcome)) return false;
  const { value } = outcome;
  return !isTrivial(typeof value === 'number' || typeof value === 'bigint' ? value.toString(16) : showOutcome(outcome));
};

/** Reads that may serve: of what is not written, answered before by something that is there, near what the probe looks at. */
export function guardsFor({ call }: Probe, calls: readonly Call[]): Call[] {
  const [at] = call.args;
  if (typeof at !== 'bigint') return [];
  const written = new Set(calls.filter(isWrite).map(({ args }) => args[0]));
  const constant = ({ args: [address] }: Call) => typeof address === 'bigint' && !written.has(address);
  const reads = calls.filter((each) => isRead(each) && constant(each)).map(shortened);
  const telling = new Map(
    reads.filter(({ outcome }) => isTelling(outcome)).map((each) => [`${each.method} ${each.args}`, each]),
  );
  const near = (bits: bigint) =>
    [...telling.values()].filter(({ args: [address] }) => (address as bigint) >> bits === at >> bits && address !== at);
  const from = (origin: bigint) => (a: Call, b: Call) => distance(a, origin) - distance(b, origin);
  const some = NEAR.flatMap((bits) => [
    ...near(bits).sort(from(at)).slice(0, MOST),
    ...near(bits).sort(from(0n)).slice(0, MOST),
  ]);
  return [...new Set(some)];
}

const distance = ({ args: [address] }: Call, origin: bigint): number => Math.abs(Number((address as bigint) - origin));

function shortened(call: Call): Call {
  const { method, args, outcome } = call;
  if (method !== 'readBlock' || !outcome || !('value' in outcome) || (args[1] as number) <= BLOCK) return call;
  return { ...call, args: [args[0], BLOCK], outcome: { value: (outcome.value as Uint8Array).slice(0, BLOCK) } };
}

/** The first that answers on each machine as it did before, after all of `calls`. */
export async function guardAmong(
  guards: readonly Call[],
  calls: readonly Call[],
  machines: readonly (() => Promise<Machine>)[],
): Promise<Probe | undefined> {
  if (guards.length === 0) return undefined;
  const answers = await Promise.all(machines.map((start) => replay(start, [...calls, ...guards], guards)));
  const same = guards.find(({ outcome }, i) =>
    answers.every((outcomes) => outcome && outcomes[i] && showOutcome(outcome) === showOutcome(outcomes[i])),
  );
  return same?.outcome && { call: same, expected: same.outcome };
}
