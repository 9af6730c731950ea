import { MENDED, PRESENT, showUnseen } from '../ledger/defects';
import { folded, readKillList } from '../ledger/kill-list';
import { type QuirkName, quirkNamed, quirks } from '../ledger/quirks';
import { type Quirk, showReleases } from '../ledger/quirks/quirk';
import { EXIT, UsageError } from './exit';
import { checkKillList } from './kill-list';

/** Defects of QEMU that are no quirk, each with the reason. */
const UNSEEN = [...MENDED, ...PRESENT].filter(({ unseen }) => unseen !== undefined);

interface QuirksOptions {
  readonly json?: boolean;
  /** Prints what no target shows, and nothing else. */
  readonly unseen?: boolean;
  readonly check?: boolean;
  readonly update?: boolean;
  /** Tries each quirk alone. */
  readonly singly?: boolean;
  readonly id?: readonly string[];
}

/** Prints quirks, all if none is named, each with the scenarios that fail by it; or checks, or rewrites, the list of those. */
export async function listQuirks(names: readonly string[], options: QuirksOptions): Promise<number> {
  const { json, unseen, check, update, id, singly } = options;
  const named = names.map(quirkNamed);
  if (check || update) return checkKillList({ names: named, id, singly }, update ?? false);
  if (id || singly) throw new UsageError('--id and --singly go with --check or --update');
  if (unseen && names.length > 0) throw new UsageError('--unseen goes with no name: what no target shows is no quirk');
  if (unseen) console.log(json ? JSON.stringify(UNSEEN, null, 2) : UNSEEN.map(showUnseen).join('\n'));
  else print(rowsOf(named), named.length === 0, json);
  return EXIT.asExpected;
}

function rowsOf(names: readonly QuirkName[]): Row[] {
  const list = readKillList();
  return (names.length > 0 ? names : (Object.keys(quirks) as QuirkName[])).map((name) => {
    const { summary, source, releases = [] }: Quirk = quirks[name];
    return { name, summary, releases, source, killedBy: list.get(name) ?? [] };
  });
}

function print(rows: readonly Row[], all: boolean, json = false): void {
  console.log(json ? JSON.stringify(rows, null, 2) : rows.map(show).join('\n'));
  if (all && !json) console.log(['\nDefects that no target shows:', ...UNSEEN.map(showUnseen)].join('\n'));
}

interface Row extends Pick<Quirk, 'summary' | 'source' | 'releases'> {
  readonly name: string;
  readonly killedBy: readonly string[];
}

function show({ name, summary, source, killedBy, releases }: Row): string {
  const where = [showReleases(releases), source].filter(Boolean).join('; ');
  return `${name}\n  ${summary}\n  ${where}\n  fails: ${folded(killedBy).join(' ') || 'nothing'}\n`;
}
