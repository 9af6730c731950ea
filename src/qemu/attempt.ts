import type { QemuOffer } from '../ledger/offer';
import type { Attempt } from '../machine/attempt';
import { readCommandLine } from '../options/line';
import { needOffered } from '../options/offered';
import { onPlatform } from '../options/on-platform';
import { Qemu } from './process';

/** Starts a QEMU with these options, and ends it before its first instruction. @throws Refusal, MachineCrash, NotApplicable */
export async function attempt({ options: given, files }: Attempt, offer: QemuOffer): Promise<void> {
  const options = onPlatform(given, offer.platform);
  const objects = [...offer.objects, ...BACKENDS];
  needOffered(readCommandLine(options), { ...offer, objects });
  const qemu = await Qemu.start({ binary: offer.path, arguments: [...options, ...BARE], qtest: true, files });
  await qemu.quit();
}

/** What a machine is started without. */
export const BARE = ['-nodefaults', '-no-user-config', '-display', 'none'];

/** Every QEMU has them. */
export const BACKENDS = ['memory-backend-ram', 'memory-backend-file', 'memory-backend-memfd'];
