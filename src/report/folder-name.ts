/** Names of the folders that runs write into, below `reports/`. DESIGN.md: The command. */
import { createHash } from 'node:crypto';
import { minorOf } from '../ledger/release';
import type { Subject } from '../ledger/verdict';

/** Where runs of a part of the suite write, so that no run of all of it is lost by them. */
const PARTS = 'parts';

const LONGEST = 100;

/** What an option of `run` adds to the name; others make no other machine, or are in it already. */
const ADDED: Readonly<Record<string, (value: string) => string>> = {
  '--platform': (platform) => platform,
  '--release': (release) => release,
  '--linux': (linux) => linux,
  '--quirk': (quirk) => quirk,
  '--without': (name) => `without-${name}`,
  '--firmware': (firmware) => firmware,
  '--ssh': (address) => address.replace(/^.*@/, ''),
};

/** By target, QEMU and kernel: `qtest-10.0.13`, `guest-11.1.3-7.2`; a QEMU built from git by its commit, `qtest-10.0.50-g6322b753f7`. */
export function folderName({ target, qemu, qemuPackage = '', kernel, options = [] }: Subject): string {
  const [commit = ''] = /-g[0-9a-f]{7,}(-dirty)?/.exec(qemuPackage) ?? [];
  const added = options.flatMap((option, i) => ADDED[option]?.(options[i + 1] ?? '') ?? []);
  return safe(
    [target, ...(qemu ? [`${qemu}${commit}`] : []), ...added, ...(kernel ? [minorOf(kernel)] : [])].join('-'),
  );
}

/** Of a run of these scenarios, below `reports/`; `all` is how many there are. */
export function folderOf(subject: Subject, ids: readonly string[], all: number): string {
  const name = folderName(subject);
  if (ids.length === all) return name;
  const [first = 'none'] = ids;
  const part = ids.length === 1 ? first : `${ids.length}-of-${all}-${digestOf(ids.join(' '))}`;
  return `${PARTS}/${safe(`${name}-${part}`)}`;
}

/** As a name that every file system takes. */
function safe(name: string): string {
  const plain = name.replace(/[^\w.+-]+/g, '_');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}-${digestOf(plain)}` : plain;
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
