/** `lab`: the QEMUs and guests that there are for runs to name. */

import type { Entry, Kind } from '../lab/entry';
import { addGuest, addQemu, damageOf, labEntries, removeEntry } from '../lab/lab';
import { EXIT } from './exit';

const MIB = 1 << 20;

export async function addToLab(kind: Kind, source: string, { as }: { readonly as?: string }): Promise<number> {
  if (kind === 'guest' && as !== undefined) throw new RangeError('--as is for a QEMU that is linked');
  console.log(line(kind === 'qemu' ? await addQemu(source, as) : await addGuest(source)));
  return EXIT.asExpected;
}

/** With `check`, files are compared with what they were when they were added. */
export async function listLab(options: { readonly json?: boolean; readonly check?: boolean }): Promise<number> {
  const entries = await labEntries();
  if (options.json) console.log(JSON.stringify(entries, null, 2));
  else if (entries.length === 0) console.log('the lab is empty: npx cxl-conformance lab add qemu trixie');
  else for (const entry of entries) console.log(line(entry));
  return options.check ? checkEntries(entries) : EXIT.asExpected;
}

async function checkEntries(entries: readonly Entry[]): Promise<number> {
  let status: number = EXIT.asExpected;
  for (const entry of entries) {
    const damage = await damageOf(entry);
    if (damage === undefined) console.error(`${entry.kind} ${entry.name}: no checksums; add it again to have them`);
    for (const what of damage ?? []) console.error(`${entry.kind} ${entry.name}: ${what}`);
    if (damage?.length) status = EXIT.lookAtIt;
  }
  return status;
}

export async function removeFromLab(kind: Kind, name: string): Promise<number> {
  console.log(`removed: ${line(await removeEntry(kind, name))}`);
  return EXIT.asExpected;
}

const line = ({ kind, name, what, size, directory }: Entry): string =>
  `${kind.padEnd(5)}  ${name.padEnd(12)}  ${what}  ${(size / MIB).toFixed(0)} MiB  ${directory}`;
