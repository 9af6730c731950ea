/** Guest images: a folder with kernel, initramfs, key, and `guest.json`, which says what is in them. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  buildCommand,
  DEFAULT_GUEST_ARCHITECTURE,
  type GuestArchitectureName,
  guestArchitecture,
} from './architecture';
import { GuestError } from './guest-error';

export interface GuestImage {
  /** Debian suite, and the architecture unless it is amd64: `trixie`, `trixie-arm64`. */
  readonly name: string;
  readonly architecture: GuestArchitectureName;
  readonly directory: string;
  /** Release of the kernel: `6.12.107+deb13-amd64`. */
  readonly kernel: string;
  /** The {@link RECIPE} that it was made by; 1 where it does not say. */
  readonly recipe: number;
}

/** Counts what images have come to contain. 2: kexec, by which Linux plays the firmware of another Linux; 3: cxl_pmem comes first. */
export const RECIPE = 3;

export const FILES = { kernel: 'vmlinuz', initramfs: 'initrd', key: 'id_ed25519', description: 'guest.json' } as const;

/** Of an image whose architecture has firmware in its packages. */
export const FIRMWARE = 'firmware.fd';

/** Path of the firmware that the image brings; undefined where QEMU's own will do. */
export const firmwareOf = ({ architecture, directory }: GuestImage): string | undefined =>
  guestArchitecture(architecture).firmware && join(directory, FIRMWARE);

/** Folder of all images, outside the repository. */
export const guestCache = (): string =>
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cxl-conformance', 'guest');

/** The images that have been built, by name. */
export async function guestImages(): Promise<GuestImage[]> {
  const names = await readdir(guestCache()).catch(() => []);
  const whole = names.sort().filter((name) => existsSync(join(guestCache(), name, FILES.description)));
  return Promise.all(whole.map(findGuest));
}

/** The image of a Debian suite, or in a folder. @throws GuestError if it is not there, or not whole. */
export async function findGuest(nameOrDirectory: string): Promise<GuestImage> {
  const isPath = nameOrDirectory.includes('/') || nameOrDirectory === '.';
  const directory = isPath ? resolve(nameOrDirectory) : join(guestCache(), nameOrDirectory);
  const build = isPath ? '' : `; ${buildCommand(nameOrDirectory)} makes it`;
  if (!existsSync(directory))
    throw new GuestError(`there is no guest image ${isPath ? directory : nameOrDirectory}${build}`);
  const missing = Object.values(FILES).find((file) => !existsSync(join(directory, file)));
  if (missing)
    throw new GuestError(
      `guest image ${directory} has no ${missing}; npx cxl-conformance guest build makes whole ones`,
    );
  const description = JSON.parse(await readFile(join(directory, FILES.description), 'utf8'));
  const { name, kernel, recipe = 1, architecture = DEFAULT_GUEST_ARCHITECTURE } = description;
  return { name, architecture, kernel, directory, recipe };
}
