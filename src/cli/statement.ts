/** `statement`: what runs said of QEMUs, as files to keep, with a page for each and a table of all. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { precedes } from '../ledger/release';
import { ReportFolder } from '../report/folder';
import { type Statement, statementOf } from '../report/statement';
import { overviewOf, pageOf } from '../report/statement-pages';
import { ReportError, readVerdicts } from '../report/verdicts';
import { reportsHome } from './cucumber';
import { EXIT } from './exit';
import { failureFolder } from './keep';

const SCRIPT = 'reproduce.sh';

/** Makes a statement of the run in each of `directories`, and the pages of all statements that are there; of no run, just the pages. */
export async function statement(
  directories: readonly string[],
  { output }: { readonly output?: string },
): Promise<number> {
  const home = output ?? join(reportsHome, 'statements');
  const made = [];
  for (const path of directories) made.push({ path, made: await statementFrom(path) });
  const folder = ReportFolder.begin(home); // none else may write there
  try {
    for (const { path, made: each } of made) write(home, path, each);
    for (const [name, text] of pagesOf(home)) {
      writeFileSync(join(home, name), text);
      console.log(join(home, name));
    }
  } finally {
    folder.abandon();
  }
  return EXIT.asExpected;
}

/** The pages of the statements in a folder, by the names of their files. @throws ReportError */
export function pagesOf(home: string): Map<string, string> {
  const statements = statementsIn(home);
  if (statements.length === 0) throw new ReportError(`there are no statements in ${home}: name the folder of a run`);
  const script = ({ name }: Statement, quirk: string) => {
    const path = `${name}/${quirk}.sh`;
    return existsSync(join(home, path)) ? path : undefined;
  };
  return new Map([
    ...statements.map((each): [string, string] => [`${each.name}.md`, pageOf(each, script)]),
    ['README.md', overviewOf(statements)],
  ]);
}

/** Those that a folder has, by release. */
export function statementsIn(home: string): Statement[] {
  const files = existsSync(home) ? readdirSync(home).filter((name) => name.endsWith('.yaml')) : [];
  return files
    .map((name) => parse(readFileSync(join(home, name), 'utf8')) as Statement)
    .sort((a, b) => (precedes(a.qemu.version, b.qemu.version) ? -1 : 1));
}

async function statementFrom(path: string): Promise<Statement> {
  const verdicts = await readVerdicts(path);
  try {
    return statementOf(verdicts, (ids) => smallest(path, ids));
  } catch (error) {
    throw new ReportError(`${path}: ${(error as Error).message}`);
  }
}

/** That with the shortest script, if the run has kept scripts, else the first. */
function smallest(run: string, ids: readonly string[]): string {
  const sizes = ids.flatMap((id) => {
    const script = join(failureFolder(run, id), SCRIPT);
    return existsSync(script) ? [{ id, lines: readFileSync(script, 'utf8').split('\n').length }] : [];
  });
  return sizes.sort((a, b) => a.lines - b.lines)[0]?.id ?? ids[0] ?? '';
}

/** With the scripts that the run has kept, in a folder beside it. */
function write(home: string, run: string, made: Statement): void {
  writeFileSync(join(home, `${made.name}.yaml`), stringify(made, { lineWidth: 0 }));
  const scripts = join(home, made.name);
  rmSync(scripts, { recursive: true, force: true });
  for (const { quirk, reproduce } of made.areas.flatMap(({ known }) => known)) {
    const script = join(failureFolder(run, reproduce), SCRIPT);
    if (!existsSync(script)) continue;
    mkdirSync(scripts, { recursive: true });
    copyFileSync(script, join(scripts, `${quirk}.sh`));
    chmodSync(join(scripts, `${quirk}.sh`), 0o755);
  }
}
