/** The QEMU Machine Protocol: QEMU docs/interop/qmp-spec.rst. */
import type { Duplex } from 'node:stream';
import type { QmpArguments } from '../machine/qmp';
import { Refusal } from '../machine/refusal';
import { Deadline } from './deadline';
import { LineSocket } from './line-socket';
import { patient } from './patience';
import { withoutReply } from './qemu-error';
import type { Tap } from './tap';
import { Transcript } from './transcript';

/** The longest wait is for QEMU to build its machine, on a loaded host. In milliseconds. */
const QMP_LIMIT = 30_000;

/** QEMU refused a command; the message has its own words. */
export class QmpRefusal extends Refusal {
  constructor(
    command: string,
    /** `GenericError`, `CommandNotFound`, `DeviceNotFound`. */
    readonly errorClass: string,
    readonly description: string,
  ) {
    super(description, `${command}: ${description}`);
  }
}

interface Waiting {
  /** A command, or `event NAME`. */
  readonly what: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Message {
  readonly id?: number;
  readonly return?: unknown;
  readonly error?: { readonly class: string; readonly desc: string };
  readonly event?: string;
  readonly data?: unknown;
}

export class Qmp {
  readonly transcript = new Transcript();
  tap: Tap | undefined;
  /** All events so far. */
  readonly events: { readonly event: string; readonly data?: unknown }[] = [];
  readonly #socket: LineSocket;
  readonly #deadline: Deadline;
  readonly #waiting = new Map<number | string, Waiting>(); // by command id, or name of event
  #commands = 0;
  #failure: Error | undefined;

  constructor(
    socket: Duplex,
    /** Called with a sentence when QEMU does not answer in time; it is expected to end QEMU. */
    onHung: (silence: string) => void,
    limit = patient(QMP_LIMIT),
  ) {
    this.#deadline = new Deadline(limit, () => onHung(`it did not answer on QMP for ${limit / 1000} s`));
    this.#socket = new LineSocket(socket, (line) => this.#receive(line));
  }

  /** Yields what QEMU returns. @throws QmpRefusal; QemuError if QEMU is gone. */
  execute<T = unknown>(command: string, args: QmpArguments = {}): Promise<T> {
    const id = this.#commands++;
    const reply = this.#wait<T>(id, command);
    const text = stringify({ execute: command, arguments: args, id });
    this.transcript.add(`-> ${text}`);
    this.tap?.({ kind: 'qmp', text: stringify({ execute: command, arguments: args }) });
    this.#socket.send(text);
    return reply;
  }

  /** The data of the next event of that name: to be asked for before what brings it about. */
  event<T = unknown>(name: string): Promise<T> {
    this.tap?.({ kind: 'event', name });
    return this.#wait<T>(name, `event ${name}`);
  }

  /** Rejects what is outstanding and all that follows, with an error such as `end`, which tells what befell QEMU. */
  fail(end: Error): void {
    this.#failure ??= end;
    this.#deadline.stop();
    for (const { what, reject } of this.#waiting.values()) reject(withoutReply(what, this.#failure));
    this.#waiting.clear();
  }

  #wait<T>(key: number | string, what: string): Promise<T> {
    if (this.#failure !== undefined) return Promise.reject(withoutReply(what, this.#failure));
    return new Promise((resolve, reject) => {
      this.#waiting.set(key, { what, resolve: (value) => resolve(value as T), reject });
      this.#deadline.start();
    });
  }

  #receive(line: string): void {
    this.transcript.add(`<- ${line}`);
    const message = parse(line);
    const { event, data, id } = message;
    if (id !== undefined) this.tap?.({ kind: 'reply', text: line.replace(/, "id": \d+|"id": \d+, /, '') });
    if (event !== undefined) this.events.push({ event, data });
    const key = event ?? id;
    const waiting = key === undefined ? undefined : this.#waiting.get(key);
    if (key === undefined || !waiting) return;
    this.#waiting.delete(key);
    this.#deadline.alive(this.#waiting.size > 0);
    if (message.error) waiting.reject(new QmpRefusal(waiting.what, message.error.class, message.error.desc));
    else waiting.resolve(message.event === undefined ? message.return : message.data);
  }
}

function parse(line: string): Message {
  try {
    return JSON.parse(line);
  } catch {
    return {}; // no QEMU, then; whoever waits will learn that there is no reply
  }
}

/** JSON, with bigints as plain integers. */
function stringify(message: object): string {
  const marked = JSON.stringify(message, (_, value) => (typeof value === 'bigint' ? `bigint:${value}` : value));
  return marked.replace(/"bigint:(-?\d+)"/g, '$1');
}
