import { NotApplicable } from '../ledger/verdict';
import { Refusal } from '../machine/refusal';
import type { Setup } from '../machine/topology';
import type { Platform, Target } from './target';

/** Room for up to `most` idle machines. */
export const atMost =
  (most: number) =>
  (machines: number): boolean =>
    machines <= most;

/** Keeps machines that are as they were after boot, for scenarios that ask for the same ones, as far as there is room. */
export class MachinePool implements Pick<Target, 'powerOn' | 'release' | 'close'> {
  readonly #idle = new Map<string, Platform>(); // least recently used first
  readonly #busy = new Map<Platform, string>();
  readonly #ending = new Set<Promise<void>>();
  #started = 0;

  constructor(
    private readonly hasRoomFor: (machines: number) => boolean,
    private readonly start: (setup: Setup) => Promise<Platform>,
  ) {}

  async powerOn(setup: Setup): Promise<Platform> {
    const key = JSON.stringify({ ...setup, anyMachine: true }, (_, value) =>
      typeof value === 'bigint' ? `${value}n` : value,
    );
    const platform = (await this.#woken(key)) ?? (await this.#start(setup));
    this.#busy.set(platform, key);
    return platform;
  }

  get started(): number {
    return this.#started;
  }

  async release(platform: Platform): Promise<void> {
    const key = this.#busy.get(platform);
    this.#busy.delete(platform);
    const reusable = key !== undefined && !this.#idle.has(key) && (await isAtRest(platform));
    if (!reusable) return this.#end(platform);
    this.#idle.set(key, platform);
    const [oldest] = this.#idle;
    if (oldest && !this.hasRoomFor(this.#idle.size)) {
      this.#idle.delete(oldest[0]);
      this.#end(oldest[1]);
    }
  }

  /** An idle machine; one that has died in its sleep is none. */
  async #woken(key: string): Promise<Platform | undefined> {
    const platform = this.#idle.get(key);
    this.#idle.delete(key);
    try {
      await platform?.wake?.();
      return platform;
    } catch {
      if (platform) this.#end(platform);
      return undefined;
    }
  }

  /** Counts a machine that was to start and did not; one that was refused, or cannot be, never did. */
  async #start(setup: Setup): Promise<Platform> {
    try {
      const platform = await this.start(setup);
      this.#started += 1;
      return platform;
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof NotApplicable)) this.#started += 1;
      throw error;
    }
  }

  /** Without waiting: the next machine can start meanwhile. */
  #end(platform: Platform): void {
    const ending = platform.operator.powerOff();
    this.#ending.add(ending);
    ending.then(
      () => this.#ending.delete(ending),
      () => {}, // close() tells what went wrong
    );
  }

  async close(): Promise<void> {
    const all = [...this.#idle.values(), ...this.#busy.keys()];
    this.#idle.clear();
    this.#busy.clear();
    await Promise.all([...this.#ending, ...all.map((platform) => platform.operator.powerOff())]);
  }
}

/** Whether it can be used again, as it was after its boot. */
async function isAtRest(platform: Platform): Promise<boolean> {
  try {
    if (!(await platform.restore())) return false;
    await platform.rest?.();
    return true;
  } catch {
    return false;
  }
}
