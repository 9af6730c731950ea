/** Releases of QEMU that have CXL memory devices. */
export const RELEASES: readonly string[] = '7.1 7.2 8.0 8.1 8.2 9.0 9.1 9.2 10.0 10.1 10.2 11.0 11.1'.split(' ');

/** `10.0` of `qemu-10.0`, `10.0.13` of `10.0.13`. @throws RangeError if there is no such release. */
export function releaseNamed(name: string): string {
  const [, release = '', minor = ''] = /^(?:qemu-)?((\d+\.\d+)(?:\.\d+)?)$/.exec(name) ?? [];
  if (!RELEASES.includes(minor)) throw new RangeError(`no QEMU release ${name}; there are ${RELEASES.join(', ')}`);
  return release;
}

/** From here on the last number of a version says that it is none of a release: 50 in development, 90 and more before the next. */
const DEVELOPMENT = 50;

/** `10.0` of `10.0.13` and of `10.0.50`. */
export const minorOf = (version: string): string => version.split('.').slice(0, 2).join('.');

/** Whether a version such as `10.0.13` is of a release: `10.0.50` lies between two. */
export const isReleased = (version: string): boolean => Number(version.split('.')[2] ?? 0) < DEVELOPMENT;

/** Whether a version is of a release that the ledger knows, or comes after one: what is newer it cannot know. */
export const isKnown = (version: string): boolean => !precedes(`${RELEASES.at(-1)}`, minorOf(version));

/** The release after the one that a version is of, or comes after; undefined for the newest. */
export const nextMinor = (version: string): string | undefined => RELEASES[RELEASES.indexOf(minorOf(version)) + 1];

/** `10.0` for `10.0.0`, the first of a series; every other release as it is. */
export const asGiven = (release: string): string => release.replace(/^(\d+\.\d+)\.0$/, '$1');

const { compare } = new Intl.Collator('en', { numeric: true });

/** Whether release `a` precedes release `b`; `6.12.118+deb13` precedes `6.13`. */
export const precedes = (a: string, b: string): boolean => compare(a, b) < 0;

/** What holds of a release: `first` of the first that there is, with what later ones changed. Of the newest unless one is given. */
export function asOf<T extends object>(
  release: string | undefined,
  first: T,
  changes: readonly { readonly from: string; readonly facts: Partial<T> }[],
): T {
  const reached = changes.filter(({ from }) => release === undefined || !precedes(release, from));
  return Object.assign({}, first, ...reached.map(({ facts }) => facts));
}
