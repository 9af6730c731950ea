/** What there is to run on, for commands that tell or get it. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { qemuCache } from '../qemu/debian';
import { findQemu } from '../qemu/probe';

export { probeAccelerator } from '../guest/accelerator';
export { buildGuest } from '../guest/build';
export { guestImages } from '../guest/image';
export { unpackQemu } from '../qemu/debian';
export type { QemuOffer } from '../qemu/offer';
export { findQemu, probeQemu } from '../qemu/probe';

/** Paths of all QEMUs that need no option to be found, and of those that were unpacked. */
export async function knownQemus(): Promise<{ path: string; from: string }[]> {
  const unpacked = (await readdir(qemuCache()).catch(() => []))
    .map((suite) => ({ path: join(qemuCache(), suite, 'qemu-system-x86_64'), from: `Debian ${suite}, unpacked` }))
    .filter(({ path }) => existsSync(path));
  const found = await findQemu().catch(() => undefined);
  return found ? [found, ...unpacked] : unpacked;
}
