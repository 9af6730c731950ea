/**
 * A running QEMU: started in a scratch directory of its own, spoken to over socket pairs that it inherits, and never left
 * behind. The sockets have no names, so nothing of them can stay or clash.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { constants } from 'node:os';
import { join } from 'node:path';
import { MachineCrash } from '../machine/crash';
import { Refusal } from '../machine/refusal';
import { leashed } from '../system/leash';
import { leaveNothing } from '../system/leave-nothing';
import { makeFolder, placeForMemory } from '../system/scratch';
import { showCommand } from '../system/shell-word';
import { noteHang, patient } from './patience';
import { QemuError } from './qemu-error';
import { Qmp } from './qmp';
import { Qtest } from './qtest';
import { complaintIn, speakerOf } from './speaker';

export interface QemuOptions {
  /** Absolute path. */
  readonly binary: string;
  /** Relative names of files in them are names in the scratch directory. */
  readonly arguments: readonly string[];
  /** Whether QEMU stays halted before its first instruction, to be driven over qtest. */
  readonly qtest: boolean;
  /** To be there when it starts, in the scratch directory. */
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Until it answers on QMP, its machine built; in milliseconds. `START_LIMIT` unless given. */
  readonly startLimit?: number;
}

/** A busy host takes a dozen seconds for a machine of 255 processors. */
const START_LIMIT = 30_000;

/** From being asked to end until it is made to. In milliseconds. */
const QUIT_LIMIT = 5_000;

const FD = { qmp: 3, qtest: 4 } as const;
/** Has a machine stay before its first instruction. */
export const HALTED = ['-accel', 'tcg', '-S'];
/** Signals by which a program is ended for what it has done itself. */
const CRASHES: ReadonlySet<NodeJS.Signals> = new Set(['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGTRAP']);
/** What a QEMU says that this host has no room for: nothing is wrong with the machine. */
const NO_ROOM = /No space left on device|Cannot allocate memory|Too many open files|Resource temporarily unavailable/;
/** Exit statuses by which a script says that there is no such program, or that it cannot be run. */
const NO_PROGRAM: ReadonlySet<number> = new Set([126, 127]);
const STDERR_KEPT = 64 * 1024;

export class Qemu {
  readonly qmp: Qmp;
  readonly #qtest: Qtest | undefined;
  /** For people to paste: the same machine, with qtest on the terminal. */
  readonly commandLine: string;
  /** Resolves when QEMU has ended and its scratch directory is gone; with its last words. */
  readonly ended: Promise<string>;
  /** The scratch directory, in which QEMU runs. */
  readonly directory: string;
  readonly #child: ChildProcess;
  readonly #binary: string;
  #stderr = '';
  #hung: string | undefined;
  #running = false;
  #asked = false;
  #over = false;

  private constructor(private readonly options: QemuOptions) {
    const { binary, arguments: args, qtest, files = [] } = options;
    this.#binary = binary;
    const directory = makeFolder(qtest ? placeForMemory() : undefined);
    this.directory = directory;
    for (const { name, bytes } of files) writeFileSync(join(directory, name), bytes);
    this.commandLine = showCommand([binary, ...args, ...(qtest ? [...HALTED, '-qtest', 'stdio'] : [])]);
    const control = [...socket('qmp'), ...(qtest ? [...HALTED, ...socket('qtest'), '-qtest-log', 'none'] : [])];
    const [program, ...rest] = [...leashed('KILL'), binary, ...args, ...control];
    this.#child = spawn(`${program}`, rest, {
      cwd: directory,
      detached: true, // a process group of its own: Ctrl-C is not for it, and a script's children end with the script
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    const stream = (name: keyof typeof FD) => this.#child.stdio[FD[name]] as Socket;
    this.qmp = new Qmp(stream('qmp'), (silence) => this.#kill(silence));
    this.#qtest = qtest ? new Qtest(stream('qtest'), (silence) => this.#kill(silence)) : undefined;
    if (!qtest) stream('qtest').destroy();
    this.#keepAlive(false);
    const forget = leaveNothing(() => {
      this.#signal('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    });
    this.ended = this.#lastWords().then(async (words) => {
      this.#over = true;
      const end = this.#endedWith(`${words}\n${this.commandLine}`);
      this.qmp.fail(end);
      this.#qtest?.fail(end);
      await rm(directory, { recursive: true, force: true });
      forget();
      return words;
    });
  }

  /** @throws Refusal if QEMU has something against the machine, MachineCrash if that ends it, else QemuError; with its own words. */
  static async start(options: QemuOptions): Promise<Qemu> {
    const qemu = create(() => new Qemu(options));
    const { startLimit = START_LIMIT } = options;
    const limit = patient(startLimit);
    const timer = setTimeout(() => qemu.#kill(`it did not answer on QMP within ${limit / 1000} s`), limit);
    try {
      await qemu.qmp.execute('qmp_capabilities');
      qemu.#running = true;
      return qemu;
    } catch {
      qemu.#signal('SIGKILL');
      const message = `QEMU did not start: ${await qemu.ended}\n${qemu.commandLine}`;
      throw (await qemu.#refusal(message)) ?? qemu.#endedWith(message);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Another one of the same options and files, which waits for the state of a machine: `-incoming`. @throws as {@link start} does */
  startToReceive(): Promise<Qemu> {
    return Qemu.start({ ...this.options, arguments: [...this.options.arguments, '-incoming', 'defer'] });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get qtest(): Qtest {
    if (!this.#qtest) throw new RangeError('this QEMU was started without qtest');
    return this.#qtest;
  }

  /** What it has said, the last of it. */
  get stderr(): string {
    return this.#stderr;
  }

  /** Asks QEMU to end, makes it end after `limit` milliseconds; nothing of it is left then. */
  async quit(limit = QUIT_LIMIT): Promise<void> {
    this.#asked = true;
    this.#signal('SIGTERM');
    const timer = setTimeout(() => this.#signal('SIGKILL'), limit);
    await this.ended;
    clearTimeout(timer);
  }

  /** Why QEMU refuses its arguments, if that is what ended it. */
  async #refusal(message: string): Promise<Error | undefined> {
    if (this.#child.exitCode !== 1) return undefined;
    const complaint = complaintIn(this.#stderr, await speakerOf(this.#binary));
    if (!complaint) return undefined;
    return NO_ROOM.test(complaint) ? new QemuError(message) : new Refusal(complaint, message);
  }

  /** Of a QEMU that has ended: a crash if it has done so itself, or hung. What others have done to it says nothing of it. */
  #endedWith(message: string): Error {
    const { exitCode, signalCode } = this.#child;
    const atStart = !this.#running;
    if (this.#hung) return new MachineCrash(`us, for ${this.#hung}`, message, atStart);
    const signal = signalCode ?? signalOf(exitCode);
    if (signal && CRASHES.has(signal)) return new MachineCrash(signal, message, atStart);
    const itself = exitCode !== null && !this.#asked && !NO_PROGRAM.has(exitCode);
    return itself ? new MachineCrash(`exit status ${exitCode}`, message, atStart) : new QemuError(message);
  }

  #kill(reason: string): void {
    this.#hung = reason;
    noteHang();
    this.#signal('SIGKILL');
  }

  /** Whether this process lives on for QEMU's sake. Only a reply that is awaited is worth it: who forgets to quit must not hang. */
  #keepAlive(yes: boolean): void {
    for (const handle of [this.#child, ...this.#child.stdio.slice(2)]) (handle as Socket)[yes ? 'ref' : 'unref']();
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#over || this.#child.pid === undefined) return;
    this.#keepAlive(true);
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // the whole group has ended just now
    }
  }

  #lastWords(): Promise<string> {
    return new Promise((resolve) => {
      this.#child.once('error', ({ message }) => resolve(message));
      this.#child.once('close', (status, signal) => {
        const how = this.#hung ?? (signal ? `it was ended by ${signal}` : `it ended with exit status ${status}`);
        resolve([...this.#stderr.trim().split('\n').slice(-5), how].filter((line) => line !== '').join('\n'));
      });
    });
  }
}

/** By which signal a program was ended whose script says so by its own exit status, as shells do. */
function signalOf(status: number | null): NodeJS.Signals | undefined {
  return [...CRASHES].find((name) => status === 128 + constants.signals[name]);
}

function create(make: () => Qemu): Qemu {
  try {
    return make();
  } catch (error) {
    throw new QemuError(`QEMU cannot be started: ${(error as Error).message}`); // no room for a scratch directory
  }
}

const socket = (name: keyof typeof FD) => [
  '-chardev',
  `socket,id=${name},fd=${FD[name]}`,
  `-${name}`,
  `chardev:${name}`,
];
