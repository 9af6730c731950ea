/** Releases of QEMU that have CXL memory devices. */
const RELEASES = ['7.1', '7.2', '8.0', '8.1', '8.2', '9.0', '9.1', '9.2', '10.0', '10.1', '10.2', '11.0', '11.1'];

/** `10.0` of `qemu-10.0`, `10.0.13` of `10.0.13`. @throws RangeError if there is no such release. */
export function releaseNamed(name: string): string {
  const [, release = '', minor = ''] = /^(?:qemu-)?((\d+\.\d+)(?:\.\d+)?)$/.exec(name) ?? [];
  if (!RELEASES.includes(minor)) throw new RangeError(`no QEMU release ${name}; there are ${RELEASES.join(', ')}`);
  return release;
}

const { compare } = new Intl.Collator('en', { numeric: true });

/** Whether release `a` precedes release `b`; `7.1.50`, a development version, precedes `7.2`, and `6.12.118+deb13` `6.13`. */
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
