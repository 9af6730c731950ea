import type { VirtualClock } from '../board/clock';

/** A device's time, which runs from when it was set. CXL r3.1 Section 8.2.9.4: Timestamp. In nanoseconds. */
export class Timestamp {
  #ahead: bigint | undefined;

  constructor(private readonly clock: VirtualClock) {}

  /** 0 as long as it was not set. */
  get now(): bigint {
    return this.#ahead === undefined ? 0n : this.clock.now + this.#ahead;
  }

  unset(): void {
    this.#ahead = undefined;
  }

  set(time: bigint): void {
    this.#ahead = time - this.clock.now;
  }
}
