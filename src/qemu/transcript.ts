/** What was said to QEMU and what it answered, as text for people: the last `CAPACITY` lines. */
export class Transcript {
  readonly #lines: string[] = [];
  #next = 0;

  add(line: string): void {
    this.#lines[this.#next++ % CAPACITY] = line.length > WIDTH ? `${line.slice(0, WIDTH)}...` : line;
  }

  /** Oldest first. */
  toString(): string {
    const split = this.#next % CAPACITY;
    const lines = this.#next > CAPACITY ? [...this.#lines.slice(split), ...this.#lines.slice(0, split)] : this.#lines;
    const lost = this.#next - lines.length;
    return [...(lost > 0 ? [`(${lost} lines before these)`] : []), ...lines, ''].join('\n');
  }
}

const CAPACITY = 2000;

/** Characters of a line that are kept: blocks of memory are long. */
const WIDTH = 400;
