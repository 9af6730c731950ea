import type { Setup } from '../machine/topology';
import type { Platform, Target } from './target';

/** Keeps up to `capacity` machines that are as they were after boot, for scenarios that ask for the same ones. */
export class MachinePool implements Pick<Target, 'powerOn' | 'release' | 'close'> {
  readonly #idle = new Map<string, Platform>(); // least recently used first
  readonly #busy = new Map<Platform, string>();
  readonly #ending = new Set<Promise<void>>();
  #started = 0;

  constructor(
    private readonly capacity: number,
    private readonly start: (setup: Setup) => Promise<Platform>,
  ) {}

  async powerOn(setup: Setup): Promise<Platform> {
    const key = JSON.stringify({ ...setup, anyMachine: true }, (_, value) =>
      typeof value === 'bigint' ? `${value}n` : value,
    );
    const platform = this.#idle.get(key) ?? (await this.#start(setup));
    this.#idle.delete(key);
    this.#busy.set(platform, key);
    return platform;
  }

  get started(): number {
    return this.#started;
  }

  async release(platform: Platform): Promise<void> {
    const key = this.#busy.get(platform);
    this.#busy.delete(platform);
    const reusable = key !== undefined && !this.#idle.has(key) && (await platform.restore().catch(() => false));
    if (!reusable) return this.#end(platform);
    this.#idle.set(key, platform);
    const [oldest] = this.#idle;
    if (oldest && this.#idle.size > this.capacity) {
      this.#idle.delete(oldest[0]);
      this.#end(oldest[1]);
    }
  }

  #start(setup: Setup): Promise<Platform> {
    this.#started += 1;
    return this.start(setup);
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
