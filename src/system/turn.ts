/** One process at a time: a file says whose turn it is. What a process has left that is no more is taken from it. */
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { leaveNothing } from './leave-nothing';
import { isAlive, type Owner, thisProcess } from './process-identity';

/** Between two looks, in ms. */
const PAUSE = 200;

/** What `use` yields while no other process has the file at `path`. @param wait Is told once for whom it waits. */
export async function inTurn<T>(path: string, use: () => Promise<T>, wait: (pid: number) => void = () => {}) {
  const mine = `${path}.${randomUUID()}`;
  mkdirSync(dirname(path), { recursive: true });
  const gone = leaveNothing(() => rmSync(mine, { force: true }));
  try {
    writeFileSync(mine, JSON.stringify(thisProcess()));
    for (let waits = false; !takes(mine, path); waits = true) {
      const owner = ownerOf(path);
      if (owner && !isAlive(owner)) takeFrom(owner, path);
      else {
        if (owner && !waits) wait(owner.pid);
        await setTimeout(PAUSE);
      }
    }
  } finally {
    gone();
    rmSync(mine, { force: true });
  }
  const freed = leaveNothing(() => rmSync(path, { force: true }));
  try {
    return await use();
  } finally {
    freed();
    rmSync(path, { force: true });
  }
}

/** A link is made only where there is none; another one of the same process waits too. */
function takes(mine: string, path: string): boolean {
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined if it has ended its turn meanwhile. */
function ownerOf(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** Unless others have taken it and begun meanwhile. */
function takeFrom({ pid, started }: Owner, path: string): void {
  const aside = `${path}.${pid}-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const taken = ownerOf(aside);
  if (taken?.pid === pid && taken.started === started) rmSync(aside, { force: true });
  else renameSync(aside, path);
}
