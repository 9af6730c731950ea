import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { expect } from 'expect';
import { foundQemu } from '../testing/found-qemu';
import { type Entry, seal } from './entry';
import { addQemu, damageOf, labEntries, labEntry, programOf, removeEntry } from './lab';

const scratch = mkdtempSync(join(tmpdir(), 'cxl-conformance-lab-'));
after(() => rmSync(scratch, { recursive: true }));

/** Of tests that run in one process each has its own cache, and the others theirs. */
async function inCache(use: () => Promise<void>): Promise<void> {
  const before = process.env['XDG_CACHE_HOME'];
  process.env['XDG_CACHE_HOME'] = join(scratch, 'cache');
  try {
    await use();
  } finally {
    if (before === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = before;
  }
}

const built = join(scratch, 'qemu');
mkdirSync(join(built, 'build'), { recursive: true });

test('a QEMU that is built is linked by its folder, listed, and gone when it is removed', async (t) => {
  const offer = await foundQemu(t);
  if (!offer) return;
  symlinkSync(offer.path, join(built, 'build', 'qemu-system-x86_64'));
  await inCache(async () => {
    const entry = await addQemu(built, 'mine');
    expect(entry.what).toMatch(new RegExp(`^QEMU ${offer.version}`));
    expect(await labEntries()).toEqual([entry]);
    expect(programOf(entry)).toBe(join(scratch, 'cache/cxl-conformance/qemu/mine/qemu-system-x86_64'));
    expect(await damageOf(entry)).toEqual([]);
    await removeEntry('qemu', 'mine');
    expect(await labEntries()).toEqual([]);
  });
});

test('files that have changed, come or gone since they were added are named', async () => {
  const directory = join(scratch, 'cache/cxl-conformance/qemu/some');
  mkdirSync(join(directory, 'root'), { recursive: true });
  for (const name of ['qemu-system-x86_64', 'root/kept', 'root/lost']) writeFileSync(join(directory, name), name);
  symlinkSync('/nowhere/in/packages', join(directory, 'root/link'));
  await seal(directory, 'QEMU 0');
  let entry = {} as Entry;
  await inCache(async () => {
    entry = await labEntry('qemu', 'some');
  });
  expect([entry.what, await damageOf(entry)]).toEqual(['QEMU 0', []]);
  writeFileSync(join(directory, 'root/kept'), 'other');
  writeFileSync(join(directory, 'root/new'), '');
  rmSync(join(directory, 'root/lost'));
  expect(await damageOf(entry)).toEqual(['root/kept has changed', 'root/lost is gone', 'root/new is new']);
});

for (const [what, source, as, words] of [
  [
    'a folder without a QEMU',
    join(scratch, 'cache'),
    'x',
    'has no qemu-system-x86_64 or qemu-system-aarch64, nor has its folder build',
  ],
  [
    'what is not there',
    './not-there',
    'x',
    'there is no ./not-there: name a QEMU, or the folder in which it was built',
  ],
  ['a name that is none', built, '../x', '../x cannot be a name in the lab: letters, digits, . + - and _ can'],
  ['a suite by another name', 'trixie', 'x', 'the QEMU of Debian trixie is called trixie'],
  ['a suite that there is not', 'no-such-suite', 'x', 'no Debian suite no-such-suite: bookworm, trixie'],
] as const) {
  test(`${what} is refused`, () => inCache(() => expect(addQemu(source, as)).rejects.toThrow(words)));
}

test('what the lab does not have cannot be removed', () =>
  inCache(() =>
    expect(removeEntry('qemu', '../..')).rejects.toThrow('the lab has no qemu ../..; npx cxl-conformance lab list'),
  ));
