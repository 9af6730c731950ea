/** The archive format of an initramfs. Linux Documentation/driver-api/early-userspace/buffer-format.rst: "newc". */

const MAGIC = '070701';
const FILE = 0o100_644;
const DIRECTORY = 0o040_755;
const ALIGN = 4;
const TRAILER = 'TRAILER!!!';

/** An archive of files by path, with the folders that they lie in. */
export function encodeCpio(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const folders = new Set([...files.keys()].flatMap(foldersOf));
  return Buffer.concat([
    ...[...folders].sort().map((folder) => entry(folder, DIRECTORY, new Uint8Array())),
    ...[...files].map(([path, content]) => entry(path, FILE, content)),
    entry(TRAILER, 0, new Uint8Array()),
  ]);
}

/** `a`, `a/b` of `a/b/c`. */
function foldersOf(path: string): string[] {
  const names = path.split('/');
  return names.slice(1).map((_, i) => names.slice(0, i + 1).join('/'));
}

function entry(path: string, mode: number, content: Uint8Array): Uint8Array {
  const ino = 0;
  const owner = [0, 0];
  const links = 1;
  const time = 0;
  const devices = [0, 0, 0, 0];
  const numbers = [ino, mode, ...owner, links, time, content.length, ...devices, path.length + 1, 0];
  const header = MAGIC + numbers.map((number) => number.toString(16).padStart(8, '0')).join('');
  return Buffer.concat([aligned(Buffer.from(`${header}${path}\0`)), aligned(content)]);
}

const aligned = (bytes: Uint8Array): Uint8Array => Buffer.concat([bytes, new Uint8Array(-bytes.length & (ALIGN - 1))]);
