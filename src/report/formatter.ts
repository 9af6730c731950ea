import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Formatter, type IFormatterOptions } from '@cucumber/cucumber';
import type { Envelope } from '@cucumber/messages';
import { plannedOf } from './catalogue';
import { collect, type Run, subjectIn } from './collect';
import { countScenarios } from './count';
import { FailureLog } from './failure-log';
import { MESSAGES_FILE } from './files';
import { ReportFolder } from './folder';
import { folderOf } from './folder-name';
import { Progress, paint } from './progress';
import { summaryOf } from './summary';
import { ReportError, type Shard, type Verdicts, verdictsOf } from './verdicts';
import { writeReports } from './write';

interface Options {
  /** Where reports go. */
  readonly directory?: string;
  /** Or a folder in which they get one that is named by what was run on. */
  readonly reports?: string;
  readonly seed?: number;
  readonly shard?: Shard;
}

/**
 * Cucumber's formatter for this suite: shows how the run goes, and writes all reports into a folder.
 * What goes wrong with a report ends the run when it is over, for its machines have to be switched off first.
 */
class ReportFormatter extends Formatter {
  static override readonly documentation = 'Writes verdicts.json and all other reports of cxl-conformance.';
  readonly #messages: Envelope[] = [];
  readonly #options: Options;
  readonly #progress: Progress;
  readonly #failures = new FailureLog();
  #folder: ReportFolder | undefined;
  #file: number | undefined;
  #unwritten = '';
  #trouble: Error | undefined;

  constructor(options: IFormatterOptions) {
    super(options);
    this.#options = options.parsedArgvOptions as Options;
    this.#progress = new Progress((text) => this.log(text));
    const { directory } = this.#options;
    if (directory) this.#try(() => this.#begin(directory));
    options.eventBroadcaster.on('envelope', (message: Envelope) => this.#take(message));
  }

  #begin(directory: string): void {
    this.#folder = ReportFolder.begin(directory);
    this.#file = openSync(join(this.#folder.staging, MESSAGES_FILE), 'w');
  }

  #take(message: Envelope): void {
    this.#messages.push(message);
    this.#progress.show(message);
    const failure = this.#failures.take(message);
    if (failure) this.log(`${process.stdout.isTTY ? '\r\u001b[K' : '\n'}${failure}\n\n`);
    this.#unwritten += `${JSON.stringify(message)}\n`;
    if (!message.testCaseFinished) return;
    this.#write();
    if (this.#folder) this.#folder.extent = this.#progress.extent;
  }

  #write(): void {
    if (this.#trouble) return;
    this.#try(() => {
      if (!this.#folder) this.#begin(this.#named());
      const text = this.#unwritten;
      this.#unwritten = '';
      if (this.#file !== undefined) writeSync(this.#file, text);
    });
  }

  /** The folder for what was run on, which a scenario that has ended tells. */
  #named(): string {
    const ids = plannedOf(this.#messages).map(({ id }) => id);
    return join(this.#options.reports ?? 'reports', folderOf(subjectIn(this.#messages), ids, countScenarios()));
  }

  override async finished(): Promise<void> {
    this.#write();
    if (this.#file !== undefined) closeSync(this.#file);
    const run = collect(this.#messages);
    const verdicts = verdictsOf(run, this.#options);
    if (!this.#trouble) await this.#publish(run, verdicts).catch((error: Error) => this.#fail(error));
    this.#progress.end();
    this.log(summaryOf(verdicts, paint));
    if (!this.#trouble) this.log(`reports: ${this.#folder?.path}\n`);
    await super.finished();
    if (this.#trouble) throw this.#trouble;
  }

  async #publish(run: Run, verdicts: Verdicts): Promise<void> {
    if (!this.#folder) return;
    await writeReports(this.#folder.staging, run, verdicts);
    this.#folder.publish();
  }

  #try(action: () => unknown): void {
    try {
      action();
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  /** What has been written so far is no report; earlier ones stay. */
  #fail(error: Error): void {
    const path = this.#folder?.path ?? this.#options.directory ?? this.#options.reports;
    const kept = this.#folder ? `; what was written is in ${this.#folder.setAside()}` : '';
    const said =
      error instanceof ReportError ? error.message : `reports cannot be written into ${path}: ${error.message}`;
    this.#trouble ??= new ReportError(`${said}${kept}`);
  }
}

export default ReportFormatter;
