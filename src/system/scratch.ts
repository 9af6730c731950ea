/**
 * Folders for a while. They are gone when this process has ended, also if it is interrupted. One that is killed by SIGKILL
 * cannot see to that: the next process of this suite does, which is why names say whose folder it is.
 */
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leaveNothing } from './leave-nothing';

const PREFIX = 'cxl-conformance-';

/** Numbers of processes mean something within a namespace of theirs alone: `4026531836`. */
function namespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}

let swept = false;

/** Makes a folder in the system's folder of temporary files. Who has made it removes it. */
export function makeFolder(): string {
  if (!swept) sweep(tmpdir(), namespace());
  swept = true;
  return mkdtempSync(join(tmpdir(), `${PREFIX}${namespace()}-${process.pid}-`));
}

/** Makes such a folder, which is removed when this process ends. */
export function makeScratch(): string {
  const directory = makeFolder();
  leaveNothing(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Removes the folders in `place` of processes that have ended, as far as it can be known here. */
function sweep(place: string, here: string): void {
  for (const name of readdirSync(place)) {
    const [, of, pid] = /^cxl-conformance-(\d+)-(\d+)-\w+$/.exec(name) ?? [];
    if (of !== here || existsSync(`/proc/${pid}`)) continue;
    try {
      rmSync(join(place, name), { recursive: true, force: true });
    } catch {} // it is somebody else's
  }
}

/** What `use` makes of a new directory, which is gone afterwards, even if this process is interrupted. */
export const inScratch = <T>(use: (directory: string) => Promise<T>): Promise<T> => temporarily(makeFolder(), use);

/** What `use` makes of `directory`, of which nothing is left afterwards. */
export async function temporarily<T>(directory: string, use: (directory: string) => Promise<T>): Promise<T> {
  const gone = leaveNothing(() => rmSync(directory, { recursive: true, force: true }));
  try {
    return await use(directory);
  } finally {
    gone();
    await rm(directory, { recursive: true, force: true });
  }
}
