/** As which releases the simulator shows what a QEMU is to do: one for a release, two for a version that lies between them. */
import { type QuirkName, quirksOf } from './quirks';
import { asGiven, isKnown, isReleased, minorOf, nextMinor, RELEASES } from './release';

export interface Personality {
  /** For people: `QEMU 10.0.13`; `conforming` for none. */
  readonly name: string;
  /** Of QEMU; undefined for the machine that conforms. */
  readonly release?: string;
  /** Release of Linux. */
  readonly linux: string;
}

export const CONFORMING = 'conforming';

/** Of a version such as `10.0.13` or `10.0.50`, oldest first; `packaged` is how its packager words it. */
export function personalitiesOf(version: string, linux: string, packaged = ''): Personality[] {
  const as = (release?: string): Personality =>
    release === undefined ? { name: CONFORMING, linux } : { name: `QEMU ${asGiven(release)}`, release, linux };
  if (!isKnown(version)) return [as(`${RELEASES.at(-1)}.0`), as()];
  if (isReleased(version)) return commitsBeyond(packaged) > 0 ? [as(version), as(newestOf(version))] : [as(version)];
  const next = nextMinor(version);
  return [as(`${minorOf(version)}.0`), next === undefined ? as() : as(`${next}.0`)];
}

/** What a stable series can become at most: a version above any of its releases, and below development's. */
const newestOf = (version: string): string => `${minorOf(version)}.49`;

/** How many commits a build from git is ahead of the tag that it names: 1234 of `v10.0.0-1234-gabcdef`. */
const commitsBeyond = (packaged: string): number =>
  Number(/\bv\d+\.\d+\.\d+(?:-rc\d+)?-(\d+)-g[0-9a-f]+/.exec(packaged)?.[1] ?? 0);

/** The quirks that it has. */
export const quirksOfPersonality = ({ release, linux }: Personality): QuirkName[] =>
  release === undefined ? [] : quirksOf(release, linux);
