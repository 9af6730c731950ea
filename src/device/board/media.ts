const PAGE = 4096;

/** What is read where nothing was ever written: whoever looks through media reads a lot of that. */
const ZEROS = new Uint8Array(256 << 10);

/** Bytes that are zero until they are written; only pages that were written take room. */
export class Media {
  readonly #pages = new Map<number, Uint8Array>();

  /** Bytes to look at, and not to be changed. */
  read(offset: bigint, length: number): Uint8Array {
    let bytes = length <= ZEROS.length ? ZEROS.subarray(0, length) : new Uint8Array(length);
    this.#eachPage(offset, length, (page, within, from, to) => {
      const held = this.#pages.get(page);
      if (!held) return;
      if (bytes.buffer === ZEROS.buffer) bytes = new Uint8Array(length);
      bytes.set(held.subarray(within, within + to - from), from);
    });
    return bytes;
  }

  write(offset: bigint, bytes: Uint8Array): void {
    this.#eachPage(offset, bytes.length, (page, within, from, to) => {
      const held = this.#pages.get(page) ?? new Uint8Array(PAGE);
      this.#pages.set(page, held);
      held.set(bytes.subarray(from, to), within);
    });
  }

  /** Whether nothing was ever written, or all of it is gone. */
  get isEmpty(): boolean {
    return this.#pages.size === 0;
  }

  fill(offset: bigint, length: bigint, value: number): void {
    this.#eachPage(offset, Number(length), (page, within, from, to) => {
      if (value === 0 && to - from === PAGE) this.#pages.delete(page);
      else this.write(BigInt(page * PAGE + within), new Uint8Array(to - from).fill(value));
    });
  }

  clear = (): void => this.#pages.clear();

  /** Calls `visit` with each page, where in it to begin, and which of the `length` bytes are in it. */
  #eachPage(
    offset: bigint,
    length: number,
    visit: (page: number, within: number, from: number, to: number) => void,
  ): void {
    const start = Number(offset);
    for (let done = 0; done < length; ) {
      const within = (start + done) % PAGE;
      const to = Math.min(length, done + PAGE - within);
      visit(Math.floor((start + done) / PAGE), within, done, to);
      done = to;
    }
  }
}
