/** Has the kernel signal a child when this process has ended, even by SIGKILL: on Linux, where util-linux is installed. */
import { spawnSync } from 'node:child_process';

let works: boolean | undefined;

/** What to write before the words of a command. */
export function leashed(signal: 'KILL' | 'TERM'): readonly string[] {
  const leash = ['setpriv', '--pdeathsig', signal, '--'];
  works ??= spawnSync('setpriv', [...leash.slice(1), 'true']).status === 0; // not every setpriv can
  return works ? leash : [];
}
