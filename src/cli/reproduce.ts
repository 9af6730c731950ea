/** The command `reproduce`: prints a script, or starts it under gdb. */
import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { inScratch } from '../system/scratch';
import { selectNamed } from './catalogue';
import { EXIT, UsageError, whyUnreadable } from './exit';
import { NoReproducer, reproduction } from './reproduction';

export interface ReproduceOptions {
  readonly qemu?: string;
  readonly linux?: string;
  readonly without?: readonly string[];
  /** File for the script; standard output unless given. */
  readonly output?: string;
  readonly gdb?: boolean;
  /** In seconds. */
  readonly limit: number;
}

/** Yields the exit status: 1 if the script shows a failure. */
export async function reproduce(id: string, { output, gdb, limit, ...options }: ReproduceOptions): Promise<number> {
  const scenarios = await selectNamed(id);
  const [scenario] = scenarios;
  if (!scenario || scenarios.length > 1) {
    throw new UsageError(
      `${id} selects ${scenarios.length} scenarios, and reproduce takes one: ${scenarios.map((each) => each.id).join(', ')}`,
    );
  }
  if (output !== undefined) checkWritable(output);
  const made = await reproduction(scenario, { ...options, limit: limit * 1000 }).catch((error: Error) => {
    if (error instanceof NoReproducer) return error;
    throw error;
  });
  if (made instanceof NoReproducer) {
    console.error(made.message);
    return EXIT.asExpected;
  }
  for (const note of made.notes) console.error(note);
  return inScratch(async (directory) => {
    const path = output ?? join(directory, 'reproduce.sh');
    writeFileSync(path, made.script);
    chmodSync(path, 0o755);
    if (output === undefined && !gdb) process.stdout.write(made.script);
    if (gdb) return spawnSync('sh', [path, '--gdb'], { stdio: 'inherit' }).status ?? EXIT.broken;
    const { exitCode, stdout, stderr } = await execa('sh', [path], { reject: false, stdin: 'ignore' });
    console.error(`The script, run by sh: ${stdout.trim() || stderr.trim()} (exit status ${exitCode})`);
    return exitCode === 0 || exitCode === undefined ? EXIT.broken : exitCode;
  });
}

/** Before minutes go into a script. @throws UsageError */
function checkWritable(path: string): void {
  try {
    const there = existsSync(path);
    if (there && statSync(path).isDirectory()) throw new UsageError(`--output ${path} is a folder: name a file`);
    accessSync(there ? path : dirname(path), constants.W_OK);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--output ${path} cannot be written: ${whyUnreadable(error)}`);
  }
}
