/** Which process has written something down, and whether it is still there. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When it started, in clock ticks since the boot: another process can come to have the same id. Empty where that cannot be found out. */
  readonly started: string;
}

export const thisProcess = (): Owner => ({ pid: process.pid, host: hostname(), started: startOf(process.pid) });

/** Of one on another host nobody can say that it is gone. */
export function isAlive({ pid, host, started }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false; // EPERM: somebody else's
  }
  return started === startOf(pid);
}

/** Field 22 of its `stat`, the 20th after its name, which may have spaces in it; of a process that has ended, empty. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}
