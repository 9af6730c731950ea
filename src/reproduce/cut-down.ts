/** The calls of a tape that matter to a fault, found out by leaving calls out. */
import { MachineCrash } from '../machine/crash';
import { type Call, isRead, type Machine } from '../target/tape';
import { guardAmong, guardsFor, isTelling } from './guard';
import { agree, type Probe } from './probe';
import { reduce } from './reduce';
import { replay } from './replay';

/** One call, in the order in which they are made. */
export interface Part {
  readonly call: Call;
  /** What is looked at by it; it is never left out. */
  readonly probe?: Probe;
}

export interface CutOptions {
  readonly parts: readonly Part[];
  /** All that are on the tape. */
  readonly calls: readonly Call[];
  /** The signal by which the QEMU ends, if that is the fault. */
  readonly crash?: string;
  readonly qemu: () => Promise<Machine>;
  /** A machine that answers what is expected. */
  readonly simulator?: (() => Promise<Machine>) | undefined;
  readonly isTimeUp: () => boolean;
}

export interface Cut {
  readonly parts: readonly Part[];
  /** Whether the QEMU shows the fault when all calls are made again. */
  readonly shows: boolean;
  /** Whether none of the calls can be left out. */
  readonly minimal: boolean;
  /** Whether what was left out cannot be why the value is wrong; if it may be, what firmware does at boot was kept. */
  readonly trusted: boolean;
  readonly tries: number;
}

/** A part that is left out must leave the fault in the QEMU, and the right answer in the simulator. */
export async function cutDown(options: CutOptions): Promise<Cut> {
  const { parts: given, crash, qemu, simulator, isTimeUp } = options;
  const shows = (some: readonly Part[]) => (crash ? crashes(qemu, some, crash) : answers(qemu, some, 'came'));
  const right = async (some: readonly Part[]) => simulator !== undefined && answers(simulator, some, 'expected');
  if (!(await shows(given))) return { parts: given, shows: false, minimal: false, trusted: false, tries: 1 };
  const checked = !crash && (await right(given));
  const holds = async (some: readonly Part[]) => (!checked || (await right(some))) && shows(some);
  const looked = given.flatMap(({ probe }) => probe ?? []);
  const guard = crash ? undefined : await guardOf(looked, options, checked);
  const parts = guard ? [...given, { call: guard.call, probe: guard }] : given;
  const trusted = crash !== undefined || guard !== undefined || looked.every(({ call }) => isTelling(call.outcome));
  const fixed = (part: Part) => part.probe !== undefined || (!trusted && part.call.boot);
  const within = (some: readonly Part[]) => parts.filter((part) => fixed(part) || some.includes(part));

  const silent = parts.filter(({ call, probe }) => probe || !(isRead(call) || QUESTIONS.has(call.method)));
  const start = (await holds(silent)) ? silent : parts;
  const loose = start.filter((part) => !fixed(part));
  if (checked) {
    const asSimulated = await reduce(loose, (some) => right(within(some)), isTimeUp);
    const some = within(asSimulated.kept);
    if (asSimulated.minimal && (await shows(some))) {
      return { parts: some, shows: true, minimal: trusted, trusted, tries: asSimulated.tries };
    }
  }
  const { kept, minimal, tries } = await reduce(loose, (some) => holds(within(some)), isTimeUp);
  return { parts: within(kept), shows: true, minimal: minimal && trusted, trusted, tries };
}

/** Shows that what the first probe looks at is there, on the QEMU and on a simulator that is like it. */
async function guardOf([probe]: readonly Probe[], options: CutOptions, checked: boolean): Promise<Probe | undefined> {
  const { parts, calls, qemu, simulator } = options;
  const machines = checked && simulator ? [qemu, simulator] : [qemu];
  const made = parts.map(({ call }) => call);
  return probe && guardAmong(guardsFor(probe, calls), made, machines);
}

/** What an operator asks for without changing anything. */
const QUESTIONS: ReadonlySet<string> = new Set([
  'plugged',
  'hasReportedRemoval',
  'fixedWindows',
  'readMemory',
  'readMedia',
]);

async function answers(
  start: () => Promise<Machine>,
  parts: readonly Part[],
  which: 'came' | 'expected',
): Promise<boolean> {
  const probes = parts.flatMap(({ probe }) => probe ?? []);
  const calls = parts.map(({ call }) => call);
  const looked = parts.flatMap(({ call, probe }) => (probe ? [call] : []));
  const outcomes = await replay(start, calls, looked).catch(() => []);
  return agree(probes, outcomes, (probe) => (which === 'came' ? probe.call.outcome : probe.expected));
}

/** Whether the last call ends the machine so. */
async function crashes(start: () => Promise<Machine>, parts: readonly Part[], signal: string): Promise<boolean> {
  const calls = parts.map(({ call }) => call);
  const [outcome] = await replay(start, calls, calls.slice(-1)).catch(() => []);
  return outcome !== undefined && 'error' in outcome && endedBy(outcome.error) === signal;
}

/** The signal by which a QEMU has ended, if that is what an error says. */
export const endedBy = (error: Error): string | undefined => (error instanceof MachineCrash ? error.signal : undefined);

/** The calls of a tape up to the last that a fault shows by, with the reads that show it in their place. */
export function partsOf(calls: readonly Call[], probes: ReadonlyMap<Call, readonly Probe[]>): Part[] {
  const parts = calls.flatMap(
    (call): Part[] => probes.get(call)?.map((probe) => ({ call: probe.call, probe })) ?? [{ call }],
  );
  const last = parts.reduce((found, { probe }, i) => (probe ? i : found), -1);
  return parts.slice(0, last + 1);
}
