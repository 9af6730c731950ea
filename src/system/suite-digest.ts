/** What a verdict depends on beside the target: all files of the suite but its tests. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** What the simulator, and a scenario on it, is made of. */
const SUITE = ['features', 'steps', 'src', 'package.json', 'package-lock.json'];

let digest: string | undefined;

/** The first 16 hex digits of the SHA-256 of those files and their names. */
export function suiteDigest(): string {
  digest ??= SUITE.flatMap((name) => filesBelow(join(root, name)))
    .sort()
    .reduce((hash, path) => hash.update(path.slice(root.length)).update(readFileSync(path)), createHash('sha256'))
    .digest('hex')
    .slice(0, 16);
  return digest;
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return filesBelow(join(path, entry.name));
    return /\.test\.ts$/.test(entry.name) ? [] : [join(path, entry.name)];
  });
}
