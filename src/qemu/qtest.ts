/** QEMU's qtest protocol: QEMU docs/devel/testing/qtest.rst, and system/qtest.c: qtest_process_command(). */
import type { Duplex } from 'node:stream';
import { Deadline } from './deadline';
import { LineSocket } from './line-socket';
import { patient } from './patience';
import { QemuError, withoutReply } from './qemu-error';
import type { Tap } from './tap';
import { Transcript } from './transcript';

/** QEMU answers in microseconds, but a loaded host may not run it for a while. In milliseconds. */
const QTEST_LIMIT = 20_000;

interface Waiting {
  readonly command: string;
  readonly resolve: (payload: string) => void;
  readonly reject: (error: Error) => void;
}

/** Commands may be sent without waiting for earlier replies; QEMU answers them in order. */
export class Qtest {
  readonly transcript = new Transcript();
  tap: Tap | undefined;
  readonly #socket: LineSocket;
  readonly #deadline: Deadline;
  readonly #waiting: Waiting[] = [];
  readonly #began = performance.now();
  #answered = 0; // of #waiting
  #failure: Error | undefined;

  constructor(
    socket: Duplex,
    /** Called with a sentence when QEMU does not answer in time; it is expected to end QEMU. */
    onHung: (silence: string) => void,
    limit = patient(QTEST_LIMIT),
    /** Whether each line is shown on standard error: QEMU's own tests do so by this variable. */
    private readonly logged = Boolean(process.env['QTEST_LOG']),
  ) {
    this.#deadline = new Deadline(limit, () => onHung(`it did not answer on qtest for ${limit / 1000} s`));
    this.#socket = new LineSocket(socket, (line) => this.#receive(line));
  }

  /** Sends a command and yields what follows OK. @throws QemuError for any other reply, and if QEMU is gone. */
  command(command: string): Promise<string> {
    if (this.#failure !== undefined) return Promise.reject(noReply(command, this.#failure));
    this.tap?.({ kind: 'qtest', text: command });
    this.#log('R', command);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ command, resolve, reject });
      this.#socket.send(command);
      this.#deadline.start();
    });
  }

  /** Rejects what is outstanding and all that follows, with an error such as `end`, which tells what befell QEMU. */
  fail(end: Error): void {
    this.#failure ??= end;
    this.#deadline.stop();
    const outstanding = this.#waiting.splice(0).slice(this.#answered);
    this.#answered = 0;
    for (const { command, reject } of outstanding) {
      this.transcript.add(`${command} -> no reply`);
      reject(noReply(command, this.#failure));
    }
  }

  /** As QEMU itself does it where it is told so: system/qtest.c: qtest_log_send(). */
  #log(way: 'R' | 'S', line: string): void {
    if (!this.logged) return;
    const seconds = (performance.now() - this.#began) / 1000;
    process.stderr.write(`[${way} +${seconds.toFixed(6)}] ${line}\n`);
  }

  #receive(reply: string): void {
    this.#log('S', reply);
    const waiting = this.#waiting[this.#answered];
    if (!waiting || reply.startsWith('IRQ ')) return;
    if (++this.#answered === this.#waiting.length) {
      this.#waiting.length = 0;
      this.#answered = 0;
    }
    this.#deadline.alive(this.#waiting.length > 0);
    const { command, resolve, reject } = waiting;
    this.transcript.add(`${command} -> ${reply}`);
    if (reply.startsWith('OK')) resolve(reply.slice('OK '.length));
    else reject(new QemuError(`${brief(command)}: ${reply}`));
  }
}

const noReply = (command: string, end: Error) => withoutReply(brief(command), end);

/** A command without a block of data it may carry. */
const brief = (command: string): string => command.slice(0, 60);
