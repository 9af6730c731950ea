import { MENDED, PRESENT, showUnseen } from '../ledger/defects';
import { type QuirkName, quirkNamed, quirks } from '../ledger/quirks';
import type { Quirk } from '../ledger/quirks/quirk';
import { EXIT } from './exit';
import { killedBy, trace } from './kill';

/** Defects of QEMU that are no quirk, each with the reason. */
const UNSEEN = [...MENDED, ...PRESENT].filter(({ unseen }) => unseen !== undefined);

interface QuirksOptions {
  readonly json?: boolean;
  /** Prints what no target shows, and nothing else. */
  readonly unseen?: boolean;
}

/** Prints quirks, all if none is named, each with the scenarios that fail by it: found out now, on a simulator that has it. */
export async function listQuirks(names: readonly string[], { json, unseen }: QuirksOptions): Promise<number> {
  if (unseen) {
    console.log(json ? JSON.stringify(UNSEEN, null, 2) : UNSEEN.map(showUnseen).join('\n'));
    return EXIT.asExpected;
  }
  const scenarios = await trace();
  const rows = [];
  for (const name of names.length > 0 ? names.map(quirkNamed) : (Object.keys(quirks) as QuirkName[])) {
    const { summary, source, releases = [] }: Quirk = quirks[name];
    rows.push({ name, summary, releases, source, killedBy: await killedBy(name, scenarios) });
    if (!json) console.log(show(rows.at(-1) as Row));
  }
  if (!json && names.length === 0) console.log(['Defects that no target shows:', ...UNSEEN.map(showUnseen)].join('\n'));
  if (json) console.log(JSON.stringify(rows, null, 2));
  return EXIT.asExpected;
}

interface Row extends Pick<Quirk, 'summary' | 'source' | 'releases'> {
  readonly name: string;
  readonly killedBy: readonly string[];
}

function show({ name, summary, source, releases = [], killedBy }: Row): string {
  const ranges = releases.map(({ from, fixedIn }) => (fixedIn ? `${from} until ${fixedIn}` : `${from} and later`));
  const where = ranges.length > 0 ? `QEMU ${ranges.join(', ')}; ${source}` : source;
  return `${name}\n  ${summary}\n  ${where}\n  fails: ${killedBy.join(' ') || 'nothing'}\n`;
}
