/**
 * Folders for a while. They are gone when this process has ended, also if it is interrupted. One that is killed by SIGKILL
 * cannot see to that: the next process of this suite does, which is why names say whose folder it is.
 */
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statfsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
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

const swept = new Set<string>();

/** Makes a folder in `place`, the system's folder of temporary files unless given. Who has made it removes it. */
export function makeFolder(place = tmpdir()): string {
  if (!swept.has(place)) sweep(place, namespace());
  swept.add(place);
  return mkdtempSync(join(place, `${PREFIX}${namespace()}-${process.pid}-`));
}

/** Linux has a file system in memory there. */
const MEMORY = '/dev/shm';

/** What it says of itself: `statfs(2)`, TMPFS_MAGIC. */
export const TMPFS = 0x0102_1994;

/** Room that there has to be in it, in bytes: more than machines of a few processes have ever written to. */
export const ROOM = 4 * 2 ** 30;

/**
 * Where files are best that are mapped as memory and gone soon: no disk has to keep up with them. The system's folder of temporary
 * files where there is no such place, or little room in it, or the environment names a folder.
 */
export function placeForMemory(memory = MEMORY, env: NodeJS.ProcessEnv = process.env, free = freemem()): string {
  if (env['TMPDIR'] || free < ROOM) return tmpdir();
  try {
    const { type, bavail, bsize } = statfsSync(memory);
    return type === TMPFS && bavail * bsize >= ROOM ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
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
