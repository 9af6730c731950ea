interface Timer {
  /** In ns. */
  readonly due: bigint;
  readonly ring: () => void;
}

const NANOSECONDS = 1_000_000_000n;

/** Time in a simulated machine: it stands still until it is moved on, and timers then ring in their order. QEMU_CLOCK_VIRTUAL. */
export class VirtualClock {
  #now = 0n;
  #timers: Timer[] = []; // by ascending time, and in the order in which they were set

  /** Nanoseconds since the machine was powered on. */
  get now(): bigint {
    return this.#now;
  }

  /** Has `ring` called once, `after` nanoseconds from now. Yields what takes that back. */
  set(after: bigint, ring: () => void): () => void {
    const timer = { due: this.#now + after, ring };
    const later = this.#timers.findIndex(({ due }) => due > timer.due);
    this.#timers.splice(later < 0 ? this.#timers.length : later, 0, timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  move(seconds: number): void {
    const until = this.#now + BigInt(seconds) * NANOSECONDS;
    for (let next = this.#timers[0]; next && next.due <= until; next = this.#timers[0]) {
      this.#timers.shift();
      this.#now = next.due;
      next.ring();
    }
    this.#now = until;
  }
}
