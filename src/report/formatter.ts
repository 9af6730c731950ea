import { closeSync, existsSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Formatter, type IFormatterOptions } from '@cucumber/cucumber';
import type { Envelope } from '@cucumber/messages';
import { collect, type Run } from './collect';
import { FailureLog } from './failure-log';
import { Progress, paint } from './progress';
import { summaryOf } from './summary';
import { ReportError, verdictsOf } from './verdicts';
import { MESSAGES_FILE, writeReports } from './write';

/**
 * Cucumber's formatter for this suite: shows how the run goes, and writes all reports into `formatOptions.directory`.
 * What goes wrong with a report ends the run when it is over, for its machines have to be switched off first.
 */
class ReportFormatter extends Formatter {
  static override readonly documentation = 'Writes verdicts.json and all other reports of cxl-conformance.';
  readonly #messages: Envelope[] = [];
  readonly #directory: string;
  readonly #progress: Progress;
  readonly #failures = new FailureLog();
  #file: number | undefined;
  #unwritten = '';
  #trouble: Error | undefined;

  constructor(options: IFormatterOptions) {
    super(options);
    this.#directory = options.parsedArgvOptions['directory'] as string;
    this.#progress = new Progress((text) => this.log(text));
    this.#try(() => {
      makeDirectory(this.#directory);
      this.#file = openSync(join(this.#directory, MESSAGES_FILE), 'w');
    });
    options.eventBroadcaster.on('envelope', (message: Envelope) => this.#take(message));
  }

  #take(message: Envelope): void {
    this.#messages.push(message);
    this.#progress.show(message);
    const failure = this.#failures.take(message);
    if (failure) this.log(`${process.stdout.isTTY ? '\r\u001b[K' : '\n'}${failure}\n\n`);
    this.#unwritten += `${JSON.stringify(message)}\n`;
    if (message.testCaseFinished) this.#write();
  }

  #write(): void {
    const text = this.#unwritten;
    this.#unwritten = '';
    this.#try(() => this.#file !== undefined && writeSync(this.#file, text));
  }

  override async finished(): Promise<void> {
    this.#write();
    if (this.#file !== undefined) closeSync(this.#file);
    const run: Run = collect(this.#messages);
    await this.#tryAsync(() => writeReports(this.#directory, run));
    this.#progress.end();
    this.log(summaryOf(verdictsOf(run), paint));
    if (!this.#trouble) this.log(`reports: ${this.#directory}\n`);
    await super.finished();
    if (this.#trouble) throw this.#trouble;
  }

  #try(action: () => unknown): void {
    try {
      action();
    } catch (error) {
      this.#trouble ??= this.#told(error as Error);
    }
  }

  async #tryAsync(action: () => Promise<unknown>): Promise<void> {
    await action().catch((error: Error) => {
      this.#trouble ??= this.#told(error);
    });
  }

  #told(error: Error): Error {
    if (error instanceof ReportError) return error;
    return new ReportError(`reports cannot be written into ${this.#directory}: ${error.message}`);
  }
}

/** With its parents. Node's own recursion does not end where a file system like /proc refuses. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  if (!existsSync(dirname(path))) makeDirectory(dirname(path));
  mkdirSync(path);
}

export default ReportFormatter;
