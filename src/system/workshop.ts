/**
 * Folders of a cache that take long to make. One process makes such a folder, others wait for it; it is there as a whole or not at all.
 * What was downloaded is kept until it is whole, so that an interrupted download is resumed.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { temporarily } from './scratch';
import { inTurn } from './turn';

/** Where to make it. */
export interface Workshop {
  /** Becomes the folder. */
  readonly made: string;
  /** For what is of no use afterwards. */
  readonly scratch: string;
  /** Kept if it is interrupted. */
  readonly downloads: string;
}

/** Beside the caches of all kinds: `making/guest-sid`. */
const workshopOf = (directory: string): string =>
  join(dirname(dirname(directory)), 'making', `${basename(dirname(directory))}-${basename(directory)}`);

/** Unless `isMade` says, once it is this process's turn, that it is there. */
export async function makeFolderOnce(
  directory: string,
  isMade: () => Promise<boolean>,
  make: (workshop: Workshop) => Promise<void>,
  tell: (line: string) => void,
): Promise<void> {
  if (await isMade()) return;
  await withTurn(
    directory,
    async () => {
      if (await isMade()) return;
      const workshop = workshopOf(directory);
      const place = join(workshop, 'place');
      const made = join(place, 'made');
      await temporarily(place, async () => {
        await rm(place, { recursive: true, force: true }); // of one that was killed
        await mkdir(made, { recursive: true });
        await make({ made, scratch: join(place, 'scratch'), downloads: join(workshop, 'downloads') });
        await mkdir(dirname(directory), { recursive: true });
        await rm(directory, { recursive: true, force: true });
        await rename(made, directory);
      });
      await rm(workshop, { recursive: true, force: true });
    },
    tell,
  );
}

/** Nobody else makes or removes the folder meanwhile. */
export const withTurn = <T>(directory: string, use: () => Promise<T>, tell: (line: string) => void): Promise<T> =>
  inTurn(`${workshopOf(directory)}.lock`, use, (pid) =>
    tell(`process ${pid} makes ${directory} already: waiting for its end`),
  );

/** Removes what an interruption has left of making it. */
export const clearWorkshop = (directory: string): Promise<void> =>
  rm(workshopOf(directory), { recursive: true, force: true });

/** Folder of packages that were downloaded for those in `cache` that were interrupted, by name. */
export async function interruptedIn(cache: string): Promise<Map<string, string>> {
  const start = `${basename(cache)}-`;
  const making = join(dirname(cache), 'making');
  const names = (await readdir(making).catch(() => [])).filter((name) => name.startsWith(start));
  const found = names.map((name) => [name.slice(start.length), join(making, name, 'downloads/archives')] as const);
  return new Map(found.filter(([, packages]) => existsSync(packages)));
}
