import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotApplicable } from '../ledger/verdict';
import { Refusal } from '../machine/refusal';
import { showTables } from '../report/show-tables';
import { filesOf, type TableSource, tablesOf } from '../target/tables';
import { EXIT, UsageError } from './exit';

export interface TablesOptions {
  readonly target?: 'simulator' | 'qtest';
  readonly release?: string;
  readonly qemu?: string;
  /** Directory for the files. */
  readonly output?: string;
}

/** Prints what firmware leaves to an operating system, and writes it into files if it is told where. */
export async function dumpTables(words: readonly string[], options: TablesOptions): Promise<number> {
  const source = sourceOf(options);
  if (words.length === 0) throw new UsageError('tables needs QEMU options after --, such as -- -M q35,cxl=on -m 4G');
  const handed = await tablesOf(source, words).catch((error: Error) => {
    if (error instanceof Refusal) throw new UsageError(`the machine is refused: ${error.complaint}`);
    if ([NotApplicable, SyntaxError, RangeError].some((kind) => error instanceof kind))
      throw new UsageError(error.message);
    throw error;
  });
  const { output } = options;
  if (output !== undefined) await write(output, filesOf(handed));
  console.log(showTables(handed.memoryMap, handed.tables));
  return EXIT.asExpected;
}

async function write(directory: string, files: ReturnType<typeof filesOf>): Promise<void> {
  try {
    if (!existsSync(directory)) await mkdir(directory);
    for (const { name, bytes } of files) await writeFile(join(directory, name), bytes);
  } catch (error) {
    throw new UsageError(`--output: ${(error as Error).message}`);
  }
}

/** A QEMU that is named is meant, and else the simulator. @throws UsageError for what contradicts that */
function sourceOf({ target, release, qemu }: TablesOptions): TableSource {
  const meant = target ?? (qemu === undefined ? 'simulator' : 'qtest');
  if (meant === 'qtest' && release !== undefined)
    throw new UsageError('--release is for the simulator: a QEMU has its own');
  if (meant === 'simulator' && qemu !== undefined) throw new UsageError('--qemu is for --target qtest');
  return meant === 'qtest' ? { target: meant, qemu } : { target: meant, release };
}
