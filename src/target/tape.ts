/** What a scenario does to a machine, call by call, and what comes of it: to do the same again without the scenario. */
import type { Attempt } from '../machine/attempt';
import type { Hardware } from '../machine/hardware';
import type { Operator } from '../machine/operator';
import type { Tap, Tapped } from '../qemu/tap';

export type Machine = Hardware & Operator;
export type { Tapped } from '../qemu/tap';

/** What a call yields, or what it throws. */
export type Outcome = { readonly value: unknown } | { readonly error: Error };

/** One call of `Hardware` or `Operator`. */
export interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
  /** Of the scenario, from 0; -1 before the first. */
  readonly step: number;
  /** Whether firmware makes it, before there is an operating system. */
  readonly boot: boolean;
  /** Of an operator's call on a real QEMU: what is said to QEMU for it, and what QEMU answers. */
  readonly tapped: Tapped[];
  /** None if the machine has not answered. */
  outcome?: Outcome;
}

/** How a QEMU is started, quoted for a shell. */
export interface StartedWith {
  readonly binary: string;
  readonly options: string;
  readonly files: Attempt['files'];
}

const READS = ['read8', 'read16', 'read32', 'read64', 'readBlock', 'in8', 'in16', 'in32'] as const;
const WRITES = ['write8', 'write16', 'write32', 'write64', 'writeBlock', 'out8', 'out16', 'out32'] as const;
const OPERATIONS = [
  'reset',
  'hotAdd',
  'hotRemove',
  'plugged',
  'hasReportedRemoval',
  'plugIn',
  'takeMemory',
  'migrate',
  'reuseMemory',
  'elapse',
  'fixedWindows',
  'readMemory',
  'command',
  'readMedia',
] as const;
const RECORDED: ReadonlySet<string> = new Set<keyof Machine>([...READS, ...WRITES, ...OPERATIONS]);

export const isRead = ({ method }: Call): boolean => (READS as readonly string[]).includes(method);
export const isWrite = ({ method }: Call): boolean => (WRITES as readonly string[]).includes(method);
export const isOperation = (call: Call): boolean => !isRead(call) && !isWrite(call);

/** The tape of one scenario at a time. */
export class Tape {
  /** The scenario's step that runs now. */
  step = -1;
  calls: Call[] = [];
  /** How the machine was started last; not told of a simulated one. */
  startedWith: StartedWith | undefined;
  /** What came of that: of `attempt`, the refusal or crash; undefined if the machine starts. */
  refusal: Error | undefined;
  /** Starts such a machine again; undefined if none was to stay. */
  again: (() => Promise<Machine>) | undefined;
  /** What calls yield in place of what the machine says, by the names that {@link named} gives them. */
  injected: ReadonlyMap<string, Outcome> = new Map();
  #booting = false;
  #running = true;
  #operation: Call | undefined;
  #counts = new Map<string, number>();

  /** Records a machine from its start until {@link stop}. What was recorded before is forgotten. */
  async start(start: () => Promise<Machine & { tell?(tap: Tap): void }>, startedWith?: StartedWith): Promise<Machine> {
    this.#begin(startedWith);
    this.again = start;
    const machine = await this.#started(start());
    machine.tell?.((tapped) => this.#operation?.tapped.push(tapped));
    return this.#recorded(machine);
  }

  /** Records the start of a machine that is ended at once. */
  async attempt(start: () => Promise<void>, startedWith?: StartedWith): Promise<void> {
    this.#begin(startedWith);
    await this.#started(start());
  }

  /** Notes which calls are those of `boot`. */
  async boot<T>(boot: () => Promise<T>): Promise<T> {
    this.#booting = true;
    return boot().finally(() => {
      this.#booting = false;
    });
  }

  /** What is called from now on is not the scenario's. */
  stop(): void {
    this.#running = false;
  }

  #begin(startedWith: StartedWith | undefined): void {
    this.startedWith = startedWith;
    this.calls = [];
    this.#counts.clear();
    this.refusal = undefined;
    this.again = undefined;
  }

  async #started<T>(starting: Promise<T>): Promise<T> {
    return starting.catch((error: Error) => {
      this.refusal = error;
      throw error;
    });
  }

  #recorded(machine: Machine): Machine {
    const recorded: Machine = new Proxy(machine, {
      get: (target, name) => {
        if (name === 'readWords')
          return (addresses: readonly bigint[]) => Promise.all(addresses.map((at) => recorded.read32(at)));
        if (name === 'writeWords') {
          return (addresses: readonly bigint[], words: ArrayLike<number>) =>
            Promise.all(addresses.map((at, i) => recorded.write32(at, words[i] ?? 0)));
        }
        const member = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        if (!RECORDED.has(String(name))) return member.bind(target);
        return (...args: unknown[]) => this.#take(String(name), args, () => member.apply(target, args));
      },
    });
    return recorded;
  }

  async #take(method: string, args: readonly unknown[], run: () => Promise<unknown>): Promise<unknown> {
    if (!this.#running) return run();
    const call: Call = { method, args, step: this.step, boot: this.#booting, tapped: [] };
    this.calls.push(call);
    if (isOperation(call)) this.#operation = call;
    try {
      call.outcome = { value: await run() };
    } catch (error) {
      call.outcome = { error: error as Error };
    } finally {
      if (this.#operation === call) this.#operation = undefined;
    }
    const outcome = this.injected.get(this.#counted(call)) ?? call.outcome;
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  #counted = (call: Call): string => counted(call, this.#counts);
}

/** Calls by what they ask for and how many asked for the same before: what two machines that are alike have in common. */
export function named(calls: readonly Call[]): Map<string, Call> {
  const counts = new Map<string, number>();
  return new Map(calls.map((call) => [counted(call, counts), call] as const));
}

function counted(call: Call, counts: Map<string, number>): string {
  const name = nameOf(call);
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  return `${name} ${count}`;
}

/** An ACPI table is the same wherever it lies, and a block however long it is: a table that is too long moves those behind it. */
function nameOf({ method, args, outcome }: Call): string {
  if (method !== 'readBlock') return `${method} ${showValue(args)}`;
  const table = outcome && 'value' in outcome ? tableIn(outcome.value as Uint8Array) : undefined;
  return table ? `readBlock ${table}` : `readBlock ${args[0]}`;
}

/** ACPI 6.5 Section 5.2.6: System Description Table Header. */
const TABLE_HEADER = 36;

/** The signature of the table that a block holds, or is the beginning of; undefined if none. */
export function tableIn(block: Uint8Array): string | undefined {
  const signature = Buffer.from(block.subarray(0, 4)).toString('latin1');
  if (block.length < TABLE_HEADER || !/^[A-Z][A-Z0-9]{3}$/.test(signature)) return undefined;
  return block.length === TABLE_HEADER ? `header of ${signature}` : signature;
}

/** What a call yields or throws, so that equal ones are equal text. */
export const showOutcome = (outcome: Outcome): string =>
  'error' in outcome ? `${outcome.error.name}: ${outcome.error.message}` : showValue(outcome.value);

const showValue = (value: unknown): string =>
  JSON.stringify(value, (_, each) => {
    if (typeof each === 'bigint') return `${each}`;
    return each instanceof Uint8Array || each?.type === 'Buffer'
      ? Buffer.from(each.data ?? each).toString('hex')
      : each;
  }) ?? 'undefined';
