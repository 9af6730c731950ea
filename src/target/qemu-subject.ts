import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { platformOfOffer, type QemuOffer } from '../ledger/offer';
import { heldAgainst, type Personality } from '../ledger/personality';
import { DEFAULT_PLATFORM, type PlatformName } from '../ledger/platforms';
import type { Subject } from '../ledger/verdict';
import { binaryBehind } from '../qemu/debian';
import type { FoundQemu } from '../qemu/probe';

/** What reports say of the QEMU that is under test, and the words for its version. */
export async function qemuSubject(
  { path, from }: FoundQemu,
  offer: QemuOffer,
  personalities: readonly Personality[],
  without: readonly string[] = [],
): Promise<Partial<Subject> & { readonly words: string; readonly withoutOptions: readonly string[] }> {
  return {
    words: `QEMU ${offer.version}${on(platformOfOffer(offer))}${heldAgainst(offer.version, personalities)}`,
    withoutOptions: without.flatMap((name) => ['--without', name]),
    qemu: offer.version,
    ...(platformOfOffer(offer) !== DEFAULT_PLATFORM && { platform: platformOfOffer(offer) }),
    qemuPackage: offer.package,
    qemuPath: path,
    qemuFrom: from,
    qemuDigest: createHash('sha256')
      .update(await readFile(await binaryBehind(path)))
      .digest('hex'),
    ...(without.length > 0 && { without }),
  };
}

const on = (platform: PlatformName): string => (platform === DEFAULT_PLATFORM ? '' : ` on ${platform}`);
