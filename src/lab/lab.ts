/** QEMUs and guests that runs can name: got from Debian, or linked from where somebody has built them. */
import { existsSync } from 'node:fs';
import { readdir, rm, stat, symlink } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { guestArchitecture, imageNamed } from '../guest/architecture';
import { buildGuest } from '../guest/build';
import { findGuest, guestCache } from '../guest/image';
import {
  ARCHITECTURE_NAMES,
  type ArchitectureName,
  platformOfProgram,
  programOf as programFor,
} from '../qemu/architecture';
import { folderOf, qemuCache, unpackQemu } from '../qemu/debian';
import { probeQemu } from '../qemu/probe';
import { SUITES } from '../system/archive';
import { clearWorkshop, interruptedIn, makeFolderOnce, type Workshop, withTurn } from '../system/workshop';
import { damage, type Entry, KINDS, type Kind, seal, sealedAs, sizeOf } from './entry';

/** Names of the programs by which QEMUs are started. */
const PROGRAMS = ARCHITECTURE_NAMES.map(programFor);

const cacheOf = (kind: Kind): string => (kind === 'qemu' ? qemuCache() : guestCache());

/** Name of a lab entry: it becomes that of a folder. */
const NAME = /^[\w][\w.+-]*$/;

/** All that is there and whole, by kind and name. */
export async function labEntries(): Promise<Entry[]> {
  const found = KINDS.map(async (kind) => {
    const names = await readdir(cacheOf(kind)).catch(() => []);
    return Promise.all(names.sort().map((name) => entryOf(kind, name)));
  });
  return (await Promise.all(found)).flat(2).filter((entry) => entry !== undefined);
}

/** @throws RangeError if there is no such entry */
export async function labEntry(kind: Kind, name: string): Promise<Entry> {
  const entry = NAME.test(name) ? await entryOf(kind, name) : undefined;
  if (!entry) throw new RangeError(`the lab has no ${kind} ${name}; npx cxl-conformance lab list shows what it has`);
  return entry;
}

async function entryOf(kind: Kind, name: string): Promise<Entry | undefined> {
  const directory = join(cacheOf(kind), name);
  const [file] = filesThere(directory, kind === 'qemu' ? PROGRAMS : ['guest.json']);
  if (file === undefined) return undefined;
  const what = (await sealedAs(directory)) ?? (await describe(kind, directory));
  const platform =
    kind === 'qemu' ? platformOfProgram(file) : guestArchitecture((await findGuest(directory)).architecture).platform;
  return { kind, name, directory, platform, what, size: await sizeOf(directory) };
}

/** Path of the program by which a QEMU of the lab is started. */
export const programOf = ({ directory }: Pick<Entry, 'directory'>): string =>
  join(directory, filesThere(directory, PROGRAMS)[0] ?? `${PROGRAMS[0]}`);

const filesThere = (directory: string, names: readonly string[]): string[] =>
  names.filter((name) => existsSync(join(directory, name)));

/** Is told how much there is to download, and for whom a command waits. */
type Tell = (line: string) => void;

/** Gets the QEMU of a Debian suite, or links one that is built: a build folder, or the program itself. @throws QemuError, RangeError */
export async function addQemu(source: string, as?: string, tell: Tell = () => {}): Promise<Entry> {
  const name = as ?? (isPath(source) ? basename(resolve(source)) : source);
  if (!NAME.test(name)) throw new RangeError(`${name} cannot be a name in the lab: letters, digits, . + - and _ can`);
  const directory = join(qemuCache(), name);
  if (isPath(source)) await link(await programIn(source), directory, tell);
  else if (!debianQemu(source))
    throw new RangeError(`${unknownSuite(source)}; a QEMU that is built is named by its path`);
  else if (as !== undefined && as !== source) throw new RangeError(`the QEMU of Debian ${source} is called ${source}`);
  else await unpackQemu(...(debianQemu(source) as [string, ArchitectureName]), tell);
  return sealed('qemu', name);
}

/** Makes the guest of a Debian suite, `trixie` or `trixie-arm64`, unless it is there. @throws GuestError, RangeError */
export async function addGuest(name: string, tell: Tell = () => {}): Promise<Entry> {
  const { suite, architecture } = imageNamed(name);
  if (!isSuite(suite)) throw new RangeError(unknownSuite(name));
  await buildGuest({ suite, architecture, tell, onStage: (what, number, of) => tell(`${number}/${of}  ${what}`) });
  return sealed('guest', name);
}

async function sealed(kind: Kind, name: string): Promise<Entry> {
  const directory = join(cacheOf(kind), name);
  await seal(directory, await describe(kind, directory));
  return labEntry(kind, name);
}

async function describe(kind: Kind, directory: string): Promise<string> {
  if (kind === 'guest') return `Linux ${(await findGuest(directory)).kernel}`;
  const offer = await probeQemu(programOf({ directory })).catch((error: Error) => error);
  if (offer instanceof Error) return offer.message;
  return `QEMU ${offer.version}${offer.package ? ` (${offer.package.replace(/^\(|\)$/g, '')})` : ''}`;
}

/** Removes an entry; what a link leads to stays. @throws RangeError if there is none */
export async function removeEntry(kind: Kind, name: string, tell: Tell = () => {}): Promise<Entry> {
  const entry = await labEntry(kind, name);
  await withTurn(entry.directory, () => rm(entry.directory, { recursive: true, force: true }), tell);
  return entry;
}

/** What `add` has not finished, as it was interrupted, and how much of it was downloaded, in bytes. */
export async function unfinished(): Promise<Pick<Entry, 'kind' | 'name' | 'size'>[]> {
  const found = KINDS.map(async (kind) => {
    const folders = [...(await interruptedIn(cacheOf(kind)))];
    return Promise.all(folders.map(async ([name, folder]) => ({ kind, name, size: await sizeOf(folder) })));
  });
  return (await Promise.all(found)).flat();
}

/** Removes what was downloaded of something that is {@link unfinished}. */
export async function removeUnfinished(kind: Kind, name: string, tell: Tell = () => {}): Promise<void> {
  const directory = join(cacheOf(kind), name);
  await withTurn(directory, () => clearWorkshop(directory), tell);
}

/** What is not as it was when an entry was added; undefined if nobody has written that down. */
export const damageOf = ({ directory }: Entry): Promise<string[] | undefined> => damage(directory);

/** Of `sid` or `sid-aarch64`. */
const debianQemu = (name: string): [suite: string, architecture: ArchitectureName] | undefined =>
  SUITES.flatMap((suite) =>
    ARCHITECTURE_NAMES.map((architecture) => [suite, architecture] as [string, ArchitectureName]),
  ).find(([suite, architecture]) => folderOf(suite, architecture) === name);

const isSuite = (name: string): boolean => (SUITES as readonly string[]).includes(name);

const unknownSuite = (name: string): string => `no Debian suite ${name}: ${SUITES.join(', ')}`;

const isPath = (source: string): boolean => source.includes('/') || existsSync(source);

/** @throws RangeError if it is neither the program nor a folder with one */
async function programIn(source: string): Promise<string> {
  const path = resolve(source);
  if (!existsSync(path))
    throw new RangeError(`there is no ${source}: name a QEMU, or the folder in which it was built`);
  if (!(await stat(path)).isDirectory()) return path;
  const places = PROGRAMS.flatMap((name) => [join(path, name), join(path, 'build', name)]);
  const program = places.find(existsSync);
  if (!program) throw new RangeError(`${source} has no ${PROGRAMS.join(' or ')}, nor has its folder build`);
  return program;
}

async function link(program: string, directory: string, tell: Tell): Promise<void> {
  const make = async ({ made }: Workshop) =>
    symlink(program, join(made, PROGRAMS.find((name) => basename(program).startsWith(name)) ?? `${PROGRAMS[0]}`));
  await makeFolderOnce(directory, async () => false, make, tell);
}
