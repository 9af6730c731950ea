/** What scenarios that are about one platform do on another. */

import { platformOfOffer, type QemuOffer } from '../ledger/offer';
import { DEFAULT_PLATFORM, PLATFORM_NAMES, PLATFORMS, type PlatformName } from '../ledger/platforms';
import { QemuError } from '../qemu/qemu-error';
import type { Target } from './target';

/** The other platforms, with why there is nothing to see of them. */
export const lackingOn = (platform: PlatformName = DEFAULT_PLATFORM): Target['lacks'] =>
  Object.fromEntries(PLATFORM_NAMES.filter((name) => name !== platform).map((name) => [name, reason(name, platform)]));

const reason = (wanted: PlatformName, platform: PlatformName): string =>
  `it is about ${wanted}, and the machine is ${platform}, whose memory map comes by ${PLATFORMS[platform].memoryMap}`;

/** @throws QemuError if a platform is given that the QEMU does not have */
export function needPlatformOf(offer: QemuOffer, wanted: PlatformName | undefined): void {
  const has = platformOfOffer(offer);
  if (wanted === undefined || wanted === has) return;
  const { architecture } = PLATFORMS[wanted];
  throw new QemuError(`${offer.path} has no machine ${wanted}, but ${has}; name a qemu-system-${architecture}`);
}
