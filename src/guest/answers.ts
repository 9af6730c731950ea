/** What a shell at the other end of a connection answers: for each command a line with its token and lengths, and what it has printed. */

export interface Answer {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** What a command may print, in bytes: a log or a label area has a few MiB at most. */
export const ANSWER_LIMIT = 16 << 20;

/** What may come that is no answer, in bytes: greetings. */
const NOISE_LIMIT = 1 << 20;

/** Takes bytes as they come, and yields the answers that are whole. */
export class Answers {
  #received: Buffer = Buffer.alloc(0);
  #noise = 0;

  constructor(private readonly token: string) {}

  /** @throws RangeError that says how much too much has come. */
  take(chunk: Buffer): Answer[] {
    this.#received = Buffer.concat([this.#received, chunk]);
    const answers: Answer[] = [];
    for (let answer = this.#next(); answer; answer = this.#next()) answers.push(answer);
    return answers;
  }

  #next(): Answer | undefined {
    for (;;) {
      const lineEnd = this.#received.indexOf('\n');
      if (this.#noise + (lineEnd < 0 ? this.#received.length : 0) > NOISE_LIMIT)
        throw new RangeError(`prints more than ${NOISE_LIMIT >> 20} MiB that answer no command, and does not end`);
      if (lineEnd < 0) return undefined;
      const line = this.#received.subarray(0, lineEnd + 1);
      const [token, ...numbers] = line.toString('latin1').trim().split(' ');
      if (token === this.token) return this.#whole(line.length, numbers.map(Number));
      this.#noise += line.length;
      this.#received = this.#received.subarray(line.length);
    }
  }

  /** The answer that begins `at` there, if all of it has come. */
  #whole(at: number, [status = 0, out = 0, error = 0]: number[]): Answer | undefined {
    if (!(out + error <= ANSWER_LIMIT)) throw new RangeError(`has printed more than ${ANSWER_LIMIT >> 20} MiB`);
    const body = this.#received.subarray(at);
    if (body.length < out + error) return undefined;
    this.#received = body.subarray(out + error);
    this.#noise = 0;
    const stdout = Buffer.from(body.subarray(0, out));
    return { status, stdout, stderr: body.subarray(out, out + error).toString() };
  }
}
