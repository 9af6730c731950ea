/** One thing of the lab: a folder in the cache, with a manifest of what is in it. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { lstat, readdir, readFile, readlink, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export const KINDS = ['qemu', 'guest'] as const;

export type Kind = (typeof KINDS)[number];

export interface Entry {
  readonly kind: Kind;
  readonly name: string;
  readonly directory: string;
  /** The machine that a QEMU has, or that boots a guest: `q35`. */
  readonly platform: string;
  /** For people: `QEMU 10.0.13 (Debian 1:10.0.13+ds-0+deb13u1)`, `Linux 6.12.118+deb13-amd64`. */
  readonly what: string;
  /** Bytes on the disk. */
  readonly size: number;
}

const MANIFEST = 'lab.json';

interface Manifest {
  readonly what: string;
  /** SHA-256 by path in the folder; a link has that of what it leads to. */
  readonly files: Readonly<Record<string, string>>;
}

/** Writes down what a folder holds, once it is whole. */
export async function seal(directory: string, what: string): Promise<void> {
  const manifest: Manifest = { what, files: await digests(directory) };
  await writeFile(join(directory, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** What the manifest says that a folder is; undefined if it has none. */
export async function sealedAs(directory: string): Promise<string | undefined> {
  const path = join(directory, MANIFEST);
  return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Manifest).what : undefined;
}

/** Files that are not as they were when the folder was sealed, each with what is wrong; undefined without a manifest. */
export async function damage(directory: string): Promise<string[] | undefined> {
  const path = join(directory, MANIFEST);
  if (!existsSync(path)) return undefined;
  const { files } = JSON.parse(await readFile(path, 'utf8')) as Manifest;
  const now = await digests(directory);
  const names = [...new Set([...Object.keys(files), ...Object.keys(now)])].sort();
  return names.flatMap((name) => {
    if (now[name] === files[name]) return [];
    return [`${name} ${now[name] === undefined ? 'is gone' : files[name] === undefined ? 'is new' : 'has changed'}`];
  });
}

/** Bytes that a folder takes; what links lead to is not counted. */
export async function sizeOf(directory: string): Promise<number> {
  const paths = await pathsBelow(directory);
  const sizes = await Promise.all(paths.map(async (path) => (await lstat(join(directory, path))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function digests(directory: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const path of (await pathsBelow(directory)).sort()) {
    if (path !== MANIFEST) found[path] = await digestOf(join(directory, path));
  }
  return found;
}

/** Of a link inside packages that leads to nothing here, the digest of where it leads. */
async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  const target = await realpath(path).catch(() => undefined);
  if (target === undefined) return hash.update(await readlink(path)).digest('hex');
  if ((await lstat(target)).isDirectory()) return hash.update(await readlink(path)).digest('hex');
  await pipeline(createReadStream(target), hash);
  return hash.digest('hex');
}

/** Of files and links. */
async function pathsBelow(directory: string, inside = ''): Promise<string[]> {
  const entries = await readdir(join(directory, inside), { withFileTypes: true });
  const paths = entries.map((entry) => {
    const path = join(inside, entry.name);
    return entry.isDirectory() ? pathsBelow(directory, path) : entry.isFile() || entry.isSymbolicLink() ? [path] : [];
  });
  return (await Promise.all(paths)).flat();
}
