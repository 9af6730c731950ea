/** The calls of a tape that matter to a fault, found out by leaving calls out. */
import { MachineCrash } from '../machine/crash';
import { type Call, isRead, type Machine } from '../target/tape';
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
  /** Whether the simulator answers these calls as is expected: the value is not wrong for something that was left out. */
  readonly checked: boolean;
  readonly tries: number;
}

/** A part that is left out must leave the fault in the QEMU, and the right answer in the simulator. */
export async function cutDown({ parts, crash, qemu, simulator, isTimeUp }: CutOptions): Promise<Cut> {
  const shows = (some: readonly Part[]) => (crash ? crashes(qemu, some, crash) : answers(qemu, some, 'came'));
  const right = async (some: readonly Part[]) => simulator !== undefined && answers(simulator, some, 'expected');
  if (!(await shows(parts))) return { parts, shows: false, minimal: false, checked: false, tries: 1 };
  const checked = !crash && (await right(parts));
  const holds = async (some: readonly Part[]) => (!checked || (await right(some))) && shows(some);
  const fixed = (part: Part) => part.probe !== undefined || (!checked && !crash && part.call.boot);
  const within = (some: readonly Part[]) => parts.filter((part) => fixed(part) || some.includes(part));

  const silent = parts.filter(({ call, probe }) => probe || !(isRead(call) || QUESTIONS.has(call.method)));
  const start = (await holds(silent)) ? silent : parts;
  const loose = start.filter((part) => !fixed(part));
  if (checked) {
    const asSimulated = await reduce(loose, (some) => right(within(some)), isTimeUp);
    const some = within(asSimulated.kept);
    if (asSimulated.minimal && (await shows(some))) {
      return { parts: some, shows: true, minimal: true, checked, tries: asSimulated.tries };
    }
  }
  const { kept, minimal, tries } = await reduce(loose, (some) => holds(within(some)), isTimeUp);
  return { parts: within(kept), shows: true, minimal: minimal && (checked || crash !== undefined), checked, tries };
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
