import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { ANSWER_LIMIT, type Answer, Answers } from './answers';
import { GuestError } from './guest-error';

/** What a command may take, in ms: a slow tool under emulation takes seconds. */
const COMMAND_LIMIT = 60_000;

/** What a connection may take to end when asked to, in ms. */
const CLOSE_LIMIT = 1000;

/** What a command may write into a file, in blocks of 512 bytes: its own output, which is kept in one, and a kernel with its initramfs. */
const FILE_LIMIT = (4 * ANSWER_LIMIT) / 512;

export type CommandResult = Answer;

interface Waiting {
  readonly resolve: (result: CommandResult) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
  readonly command: string;
}

/**
 * A POSIX shell at the other end of a program such as `ssh`, kept open, for a connection costs more than most commands.
 * What a command prints is framed by its lengths, so that it may be anything.
 */
export class Shell {
  readonly #token = randomBytes(8).toString('hex');
  readonly #queue: Waiting[] = [];
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<unknown>;
  readonly #answers = new Answers(this.#token);
  #said = '';
  #beat = '';
  #ended: string | undefined;
  /** Why it is not listened to any more. */
  #refused: string | undefined;

  private constructor(
    /** For people. */
    readonly name: string,
    program: string,
    args: readonly string[],
    private readonly witness: () => Promise<string>,
  ) {
    this.#process = spawn(program, args, { stdio: 'pipe' });
    this.#process.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = `${this.#said}${text}`.slice(-1000);
    });
    this.#process.stdin.on('error', () => {}); // the end of the process tells
    this.#process.once('error', ({ message, code }: NodeJS.ErrnoException) =>
      this.#end(code === 'ENOENT' ? `${program} is not installed` : message),
    );
    this.#closed = once(this.#process, 'close').catch(() => {});
    this.#closed.then(() => this.#end(this.#said.trim().split('\n').at(-1) || 'it was closed'));
  }

  /** Errors end with what `witness` knows of the other end. @throws GuestError if nothing answers within `limit` ms. */
  static async open(
    name: string,
    program: string,
    args: readonly string[],
    limit: number,
    witness: () => Promise<string> = async () => '',
  ): Promise<Shell> {
    const shell = new Shell(name, program, args, witness);
    shell.#send('cxl_dir=$(mktemp -d) || exit 1; trap \'rm -rf "$cxl_dir"\' EXIT\n');
    try {
      await shell.run('true', limit);
    } catch (error) {
      await shell.close();
      throw error;
    }
    return shell;
  }

  /** Runs a script in a shell of its own. @throws GuestError if the connection is lost, or it takes longer than `limit` ms. */
  async run(script: string, limit = COMMAND_LIMIT): Promise<CommandResult> {
    if (this.#ended !== undefined) throw await this.#lost(script);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#trouble(`${this.name} has not answered within ${limit / 1000} s: ${brief(script)}`).then(reject);
        void this.close();
      }, limit);
      this.#queue.push({ resolve, reject, timer, command: script });
      this.#send(`${this.#beat}(ulimit -f ${FILE_LIMIT}\n${script}\n) >"$cxl_dir/o" 2>"$cxl_dir/e" </dev/null
cxl_s=$?; printf '%s %s %s %s\\n' ${this.#token} $cxl_s $(wc -c <"$cxl_dir/o") $(wc -c <"$cxl_dir/e"); cat "$cxl_dir/o" "$cxl_dir/e"\n`);
    });
  }

  /** Ends the connection; what is still running at the other end is hung up on. */
  async close(): Promise<void> {
    this.#process.stdin.end();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), CLOSE_LIMIT);
    await this.#closed;
    clearTimeout(timer);
  }

  /**
   * Has the shell run `undo` at its end, whatever ends it, and not before. `beat`, which `undo` may watch, is a file that
   * each command touches.
   */
  atEnd(undo: string, beat: string): void {
    this.#beat = `echo >${beat}\n`;
    this.#send(`trap : HUP INT TERM PIPE; trap '${undo}; rm -rf "$cxl_dir"' EXIT\n`);
  }

  #send(text: string): void {
    this.#process.stdin.write(text);
  }

  #take(chunk: Buffer): void {
    if (this.#ended !== undefined) return;
    try {
      for (const answer of this.#answers.take(chunk)) {
        const waiting = this.#queue.shift();
        clearTimeout(waiting?.timer);
        waiting?.resolve(answer);
      }
    } catch (error) {
      this.#refuse((error as Error).message);
    }
  }

  /** Listens no more: what comes is not what was asked for. */
  #refuse(reason: string): void {
    this.#process.stdout.destroy();
    void this.close();
    this.#refused = reason;
    this.#end(`it ${reason}`);
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    for (const { reject, timer, command } of this.#queue.splice(0)) {
      clearTimeout(timer);
      this.#lost(command).then(reject);
    }
  }

  #lost(command: string): Promise<GuestError> {
    if (this.#refused) return this.#trouble(`${this.name} ${this.#refused}: ${brief(command)}`);
    return this.#trouble(`the connection to ${this.name} is lost (${this.#ended}): ${brief(command)}`);
  }

  async #trouble(message: string): Promise<GuestError> {
    const seen = await this.witness().catch(() => '');
    return new GuestError(seen ? `${message}\n${seen}` : message);
  }
}

const brief = (script: string): string => script.trim().split('\n')[0]?.slice(0, 60) ?? '';
