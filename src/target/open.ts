import { linuxNamed } from '../ledger/linux';
import { needOfferName } from '../ledger/offer-names';
import type { Target, TargetName, TargetOptions } from './target';

/** What one of them needs is not loaded for another. */
const OPEN: Record<TargetName, (options: TargetOptions) => Promise<Target>> = {
  simulator: (options) => (require('./simulator') as typeof import('./simulator')).openSimulator(options),
  qtest: (options) => (require('./qtest') as typeof import('./qtest')).openQtest(options),
  guest: (options) => (require('./guest') as typeof import('./guest')).openGuest(options),
  ssh: (options) => (require('./ssh') as typeof import('./ssh')).openSsh(options),
};

/** What stands for a target that could be had before, and cannot be had now: scenarios on it are broken, for that reason. */
export function unavailable({ target }: TargetOptions, reason: Error): Target {
  const refuse = () => Promise.reject(reason);
  return {
    subject: { target, description: `${target}, which cannot be had` },
    personalities: [],
    lacks: {},
    has: () => true,
    started: () => 0,
    powerOn: refuse,
    attempt: refuse,
    release: async () => {},
    close: async () => {},
  };
}

const opened = new Map<string, Promise<Target>>();

/**
 * The target that `options` ask for; the same one until it is closed.
 * @throws RangeError for an option that the target does not have; QemuError, GuestError if it cannot be had.
 */
export async function openTarget(options: TargetOptions): Promise<Target> {
  if (options.target !== 'simulator' && (options.quirks?.length || options.release)) {
    throw new RangeError('--quirk and --release are for the simulator: a real QEMU has the quirks it has');
  }
  if ((options.target === 'guest' || options.target === 'ssh') && options.linux) {
    throw new RangeError('--linux is for simulator and qtest: a real Linux is the one it is');
  }
  if ((options.target === 'simulator' || options.target === 'ssh') && options.without?.length) {
    throw new RangeError('--without is for qtest and guest: it says what a QEMU was built without');
  }
  if ((options.target === 'guest' || options.target === 'ssh') && options.platform) {
    throw new RangeError(
      '--platform is for simulator and qtest: a guest is on the platform of its image, and a machine by ssh is what it is',
    );
  }
  if (options.linux !== undefined) linuxNamed(options.linux);
  for (const name of options.without ?? []) needOfferName(name);
  const key = JSON.stringify(options);
  const target = opened.get(key) ?? OPEN[options.target](options);
  opened.set(key, target);
  const { close, subject, ...rest } = await target;
  const { machine } = options;
  return {
    ...rest,
    subject: { ...subject, personalities: rest.personalities, ...(machine && { machine }) },
    close: () => {
      opened.delete(key);
      return close();
    },
  };
}
