/**
 * The folder that a run writes its reports into: checked to be writable and locked before anything starts, and changed when all
 * reports are there. Until then they lie in a folder inside it, which is the lock as well.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { leaveNothing } from '../system/leave-nothing';
import { isAlive, type Owner, thisProcess } from '../system/process-identity';
import { MESSAGES_FILE, SUMMARY_FILE } from './files';
import { ReportError, VERDICTS_FILE } from './verdicts';

const RUNNING = '.running';
const INCOMPLETE = 'incomplete';
const OWNER_FILE = 'owner.json';

/** Between two looks at who writes, in ms. */
const PAUSE = 50;

/** How far a run has come, in scenarios. */
export interface Extent {
  readonly done: number;
  readonly planned: number;
}

export class ReportFolder {
  /** Where to write the reports until they are {@link publish}ed. */
  readonly staging: string;
  /** For what is said of a run that is interrupted. */
  extent: Extent = { done: 0, planned: 0 };
  readonly #kept: () => void;

  private constructor(readonly path: string) {
    this.staging = join(path, RUNNING);
    this.#kept = leaveNothing(() => this.#interrupted());
  }

  /** The folder at `path`, made if need be; the same one until it is published. @throws ReportError if it cannot be had */
  static begin(path: string): ReportFolder {
    const absolute = resolve(path);
    const begun = open.get(absolute) ?? ReportFolder.#make(absolute);
    open.set(absolute, begun);
    return begun;
  }

  static #make(path: string): ReportFolder {
    into(path, () => {
      makeDirectory(path);
      lock(path);
    });
    return new ReportFolder(path);
  }

  /** Replaces what earlier runs have left here. Verdicts go first and come last, so that none lie beside other messages. */
  publish(): void {
    rmSync(join(this.path, VERDICTS_FILE), { force: true });
    rmSync(join(this.staging, OWNER_FILE), { force: true });
    const last = (name: string) => Number(name === VERDICTS_FILE);
    for (const name of readdirSync(this.staging).sort((a, b) => last(a) - last(b))) {
      rmSync(join(this.path, name), { recursive: true, force: true });
      renameSync(join(this.staging, name), join(this.path, name));
    }
    rmSync(join(this.path, INCOMPLETE), { recursive: true, force: true });
    this.abandon();
  }

  /** Leaves what earlier runs have left here as it is. */
  abandon(): void {
    if (!this.#end()) return;
    rmSync(this.staging, { recursive: true, force: true });
  }

  /** The same, but keeps what was written so far in a folder apart, whose path it yields. */
  setAside(): string {
    const kept = join(this.path, INCOMPLETE);
    if (!this.#end()) return kept;
    for (const name of [OWNER_FILE, VERDICTS_FILE]) rmSync(join(this.staging, name), { force: true });
    rmSync(kept, { recursive: true, force: true });
    renameSync(this.staging, kept);
    return kept;
  }

  /** False if that was before. */
  #end(): boolean {
    this.#kept();
    return open.get(this.path) === this && open.delete(this.path);
  }

  #interrupted(): void {
    const said = `interrupted ${cameTo(this.extent)}`;
    if (this.extent.done === 0) {
      this.abandon();
      console.error(said);
      return;
    }
    writeFileSync(join(this.staging, SUMMARY_FILE), `cxl-conformance: ${said}\n`);
    const kept = this.setAside();
    console.error(`${said}: their messages are in ${kept}; what earlier runs have left is as it was`);
  }
}

const open = new Map<string, ReportFolder>();

/** Whether folders can be made in the one at `path`, which is made if need be. @throws ReportError if not */
export function needWritable(path: string): void {
  into(path, () => {
    makeDirectory(path);
    rmdirSync(mkdtempSync(join(path, '.writable-')));
  });
}

/** Resolves when no run writes into the folder at `path`, or after so many ms. */
export async function freed(path: string, limit: number): Promise<void> {
  const running = join(path, RUNNING);
  for (const end = Date.now() + limit; existsSync(running) && isAlive(ownerOf(running)) && Date.now() < end; )
    await setTimeout(PAUSE);
}

function into(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof ReportError) throw error;
    throw new ReportError(`reports cannot be written into ${path}: ${(error as Error).message}`);
  }
}

const cameTo = ({ done, planned }: Extent): string =>
  done === 0 ? 'before the first scenario' : `after ${done} of ${planned} scenarios`;

/** Makes the folder of what is being written, with its owner in it at once. @throws ReportError if another run writes there */
function lock(path: string): void {
  const running = join(path, RUNNING);
  const mine = `${running}-${process.pid}`;
  rmSync(mine, { recursive: true, force: true });
  mkdirSync(mine);
  writeFileSync(join(mine, OWNER_FILE), JSON.stringify(thisProcess()));
  try {
    while (!takes(mine, running)) takeFrom(needDead(ownerOf(running), path), running);
  } catch (error) {
    rmSync(mine, { recursive: true, force: true });
    throw error;
  }
}

/** Whether it could be renamed: it cannot where there is such a folder that is not empty. */
function takes(mine: string, running: string): boolean {
  try {
    renameSync(mine, running);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function needDead(owner: Owner, path: string): Owner {
  if (!isAlive(owner)) return owner;
  const where = owner.host === thisProcess().host ? '' : ` on ${owner.host}`;
  throw new ReportError(
    `another run, process ${owner.pid}${where}, writes into ${path}: wait for its end, or name another folder by --output`,
  );
}

/** A process that is no more, if that cannot be read. */
function ownerOf(running: string): Owner {
  try {
    return JSON.parse(readFileSync(join(running, OWNER_FILE), 'utf8')) as Owner;
  } catch {
    return { ...thisProcess(), pid: 0, started: 'never' };
  }
}

/** Removes what a process has left that is no more, unless others have removed it and begun meanwhile. */
function takeFrom({ pid }: Owner, running: string): void {
  const aside = `${running}-${pid}-${process.pid}`;
  try {
    renameSync(running, aside);
  } catch {
    return; // others were first
  }
  if (ownerOf(aside)?.pid !== pid) {
    renameSync(aside, running);
    return;
  }
  console.error(
    `the run before, process ${pid}, ended ${cameTo(extentOf(join(aside, MESSAGES_FILE)))} and left no verdicts`,
  );
  rmSync(aside, { recursive: true, force: true });
}

function extentOf(messages: string): Extent {
  if (!existsSync(messages)) return { done: 0, planned: 0 };
  const text = readFileSync(messages, 'utf8');
  const count = (message: string) => text.split(`\n{"${message}":`).length - 1;
  return { done: count('testCaseFinished'), planned: count('testCase') };
}

/** With its parents. Node's own recursion does not end where a file system like /proc refuses. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  if (!existsSync(dirname(path))) makeDirectory(dirname(path));
  mkdirSync(path);
}
