/** Commands of the user's shell, such as a build: with all that they start, they end when this process does. */
import { execa } from 'execa';
import { leaveNothing } from '../system/leave-nothing';
import type { Said } from './git';

export interface Ended extends Said {
  readonly status: number;
}

/** Where a build runs. */
export interface Place {
  readonly path: string;
  run(command: string, environment: Readonly<Record<string, string>>): Promise<Ended>;
}

/** A folder of the user's, in which nothing but the command changes anything. */
export const placeAt = (path: string): Place => ({
  path,
  run: async (command, environment) => {
    const running = new Set<number>();
    const gone = leaveNothing(() => endGroups(running));
    try {
      return await runShell(path, command, environment, running);
    } finally {
      gone();
    }
  },
});

/** Status of a program that a signal has ended. */
const KILLED = 128 + 9;

/** Its process group is in `running` for as long as it runs; whoever calls sees to {@link endGroups}. */
export async function runShell(
  cwd: string,
  command: string,
  environment: Readonly<Record<string, string>>,
  running: Set<number>,
): Promise<Ended> {
  const env = { ...process.env, ...environment };
  const child = execa('sh', ['-c', command], {
    cwd,
    env,
    reject: false,
    all: true,
    stdin: 'ignore',
    detached: true,
    cleanup: false,
  });
  if (child.pid) running.add(child.pid);
  const { exitCode = KILLED, stdout, all } = await child;
  if (child.pid) running.delete(child.pid);
  return { ok: exitCode === 0, status: exitCode, stdout: `${stdout}`, all: `${all}` };
}

/** Synchronously, for the end of a process. */
export function endGroups(running: Set<number>): void {
  for (const leader of running) {
    try {
      process.kill(-leader, 'SIGKILL');
    } catch {} // it has ended by itself
  }
  running.clear();
}
