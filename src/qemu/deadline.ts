/** Calls `onPassed` when `limit` milliseconds have gone by without a sign of life, while one is awaited. */
export class Deadline {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly limit: number,
    private readonly onPassed: () => void,
  ) {}

  /** A sign of life is awaited from now on, unless one was already. */
  start(): void {
    this.#timer ??= setTimeout(this.onPassed, this.limit);
  }

  /** One has come; whether more are awaited. */
  alive(more: boolean): void {
    if (more) this.#timer?.refresh();
    else this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
