import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { expect } from 'expect';
import { mirrorsIn, sourcesOf, wanted } from './archive';
import { makeScratch } from './scratch';
import { download, filesIn, type PackageFile } from './unpack';

const scratch = makeScratch();
after(() => rmSync(scratch, { recursive: true }));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const file = (name: string, text: string): PackageFile => ({ name, size: text.length, sha256: sha256(text) });
const FILES = [file('a.deb', 'first'), file('b.deb', 'other'), file('c.deb', 'third')];

/** Archives in which `there` is, and what is downloaded when `arrives` is what comes of the files that are not. */
async function downloaded(there: Record<string, string>, arrives: readonly Record<string, string>[]) {
  const archives = mkdtempSync(join(scratch, 'archives-'));
  const put = (texts: Record<string, string>) => {
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(archives, name), text);
  };
  put(there);
  const seen: string[][] = [];
  const told: string[] = [];
  const get = async () => {
    seen.push(readdirSync(archives).sort());
    put(arrives[seen.length - 1] ?? {});
  };
  const done = await download(FILES, archives, get, (line) => told.push(line)).catch((error: Error) => error.message);
  return { done, seen, told };
}

test('files that apt would download are read with size and checksum', () => {
  const line = `'http://mirror.example/debian/pool/main/a/a_1%3a2_amd64.deb' a_1%3a2_amd64.deb 5 SHA256:${sha256('x')}`;
  expect(filesIn(`Reading package lists...\n${line}\n`)).toEqual([
    { name: 'a_1%3a2_amd64.deb', size: 5, sha256: sha256('x') },
  ]);
});

test('what was downloaded before an interruption is kept, and only the rest is downloaded', async () => {
  expect(await downloaded({ 'a.deb': 'first' }, [{ 'b.deb': 'other', 'c.deb': 'third' }])).toEqual({
    done: undefined,
    seen: [['a.deb']],
    told: ['2 of 3 packages to download, 0.0 of 0.0 MiB'],
  });
  const all = { 'a.deb': 'first', 'b.deb': 'other', 'c.deb': 'third' };
  expect(await downloaded(all, [])).toMatchObject({ done: undefined, seen: [] });
});

test('a file of the right size with another checksum is downloaded again', async () => {
  const there = { 'a.deb': 'f1rst', 'b.deb': 'other', 'c.deb': 'thi' };
  expect(await downloaded(there, [{ 'a.deb': 'first', 'c.deb': 'third' }])).toMatchObject({
    done: undefined,
    seen: [['b.deb']],
  });
});

test('what arrives damaged twice is an error', async () => {
  const damaged = { 'c.deb': 'thyrd' };
  const { done, seen } = await downloaded({ 'a.deb': 'first', 'b.deb': 'other' }, [damaged, damaged]);
  expect(done).toBe('c.deb does not have the checksum that the archive lists: try it later');
  expect(seen).toHaveLength(2);
});

const MIRRORS = { main: 'http://a.example/debian', security: 'http://b.example/debian-security' };
const names = (suite: string) => sourcesOf(suite, MIRRORS).map((line) => line.split(' ')[3]);

test('a release has its updates, and experimental and backports what they lie on top of', () => {
  expect(names('sid')).toEqual(['sid']);
  expect(names('trixie')).toEqual(['trixie', 'trixie-updates', 'trixie-security']);
  expect(names('experimental')).toEqual(['sid', 'experimental']);
  expect(names('trixie-backports').at(-1)).toBe('trixie-backports');
  expect(names('trixie-backports')).toHaveLength(4);
});

test('of a suite on top of another, the first package is taken from it, and of backports all that there are', () => {
  expect(wanted('experimental', ['linux-image-amd64', 'ndctl'])).toEqual(['linux-image-amd64/experimental', 'ndctl']);
  expect(wanted('trixie-backports', ['qemu-system-arm', 'qemu-system-data'])).toEqual(
    '--target-release trixie-backports qemu-system-arm qemu-system-data'.split(' '), // of one version, or apt refuses
  );
  expect(wanted('sid', ['linux-image-amd64', 'ndctl'])).toEqual(['linux-image-amd64', 'ndctl']);
});

test('packages come from the archives that this system uses, or from the one that is named', () => {
  const printed = `http://other.example/ Other\n${MIRRORS.main}/ Debian\n${MIRRORS.security}/ Debian-Security\n`;
  expect(mirrorsIn(printed, undefined)).toEqual(MIRRORS);
  const named = 'http://c.example/debian';
  expect(mirrorsIn(printed, named)).toEqual({ main: named, security: `${named}-security` });
  expect(() => mirrorsIn('http://other.example/ Other\n', undefined)).toThrow('apt knows no archive of Debian here');
});
