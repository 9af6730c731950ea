import { type QuirkName, quirkNamed, quirks } from '../ledger/quirks';
import type { Quirk } from '../ledger/quirks/quirk';
import { EXIT } from './exit';
import { killedBy, trace } from './kill';

/** Prints quirks, all if none is named, each with the scenarios that fail by it: found out now, on a simulator that has it. */
export async function listQuirks(names: readonly string[], { json }: { readonly json?: boolean }): Promise<number> {
  const scenarios = await trace();
  const rows = [];
  for (const name of names.length > 0 ? names.map(quirkNamed) : (Object.keys(quirks) as QuirkName[])) {
    const { summary, source, releases = [] }: Quirk = quirks[name];
    rows.push({ name, summary, releases, source, killedBy: await killedBy(name, scenarios) });
    if (!json) console.log(show(rows.at(-1) as Row));
  }
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
