/** `lab`: the QEMUs and guests that there are for runs to name. */

import type { Entry, Kind } from '../lab/entry';
import { addGuest, addQemu, damageOf, labEntries, removeEntry, removeUnfinished, unfinished } from '../lab/lab';
import { EXIT } from './exit';

const MIB = 1 << 20;

export async function addToLab(kind: Kind, source: string, { as }: { readonly as?: string }): Promise<number> {
  if (kind === 'guest' && as !== undefined) throw new RangeError('--as is for a QEMU that is linked');
  console.log(line(kind === 'qemu' ? await addQemu(source, as, tell) : await addGuest(source, tell)));
  return EXIT.asExpected;
}

/** With `check`, files are compared with what they were when they were added. */
export async function listLab(options: { readonly json?: boolean; readonly check?: boolean }): Promise<number> {
  const entries = await labEntries();
  if (options.json) console.log(JSON.stringify(entries, null, 2));
  else if (entries.length === 0) console.log('the lab is empty: npx cxl-conformance lab add qemu trixie');
  else for (const entry of entries) console.log(line(entry));
  for (const { kind, name, size } of await unfinished())
    console.error(`${kind} ${name} is not finished, ${mib(size)} downloaded: lab add ${kind} ${name} goes on with it`);
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
  const isUnfinished = (await unfinished()).some((each) => each.kind === kind && each.name === name);
  if (isUnfinished) await removeUnfinished(kind, name, tell);
  const isThere = (await labEntries()).some((each) => each.kind === kind && each.name === name);
  if (isThere || !isUnfinished) console.log(`removed: ${line(await removeEntry(kind, name, tell))}`);
  else console.log(`removed: what was downloaded of ${kind} ${name}`);
  return EXIT.asExpected;
}

const tell = (words: string) => console.error(words);

const mib = (size: number): string => `${(size / MIB).toFixed(size < 10 * MIB ? 1 : 0)} MiB`;

const line = ({ kind, name, what, size, directory }: Entry): string =>
  `${kind.padEnd(5)}  ${name.padEnd(12)}  ${what}  ${mib(size)}  ${directory}`;
