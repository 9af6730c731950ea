import type { RegisterChange } from '../../codec/register-rows';
import type { Facts } from '../facts';
import type { PlatformName } from '../platforms';

/** One named departure from conforming behaviour. */
export interface Quirk {
  /** A sentence that is true of a machine with the quirk. */
  readonly summary: string;
  /** Where it comes from: commit, file and function. */
  readonly source: string;
  /**
   * The QEMU releases that have it, half-open; several ranges where a fix went into stable releases too.
   * None: planted, to prove that some scenario can fail.
   */
  readonly releases?: readonly { readonly from: string; readonly fixedIn?: string }[];
  /** Where QEMU's releases have it; on each unless given. */
  readonly platforms?: readonly PlatformName[];
  /** What registers have in the place of what they have to have: by structure and name, and of which parts if not of all. */
  readonly registers?: readonly (RegisterChange & { readonly register: string; readonly of?: string })[];
  /** What has another value in the place of the right one. */
  readonly facts?: Partial<Facts>;
  /** Why any other end of the scenarios that it concerns is excused too, even a good one. */
  readonly byChance?: string;
  /** The first Linux that is bothered by it; every one unless given. */
  readonly linuxFrom?: string;
  /** The first Linux that is not bothered by it any more. */
  readonly linuxFixedIn?: string;
}

/** `QEMU 7.1 until 7.2, 10.0 and later`; empty for a planted one. */
export const showReleases = (releases: Quirk['releases'] = []): string => {
  const ranges = releases.map(({ from, fixedIn }) => `${from} ${fixedIn ? `until ${fixedIn}` : 'and later'}`);
  return ranges.length > 0 ? `QEMU ${ranges.join(', ')}` : '';
};
