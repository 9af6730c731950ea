/** As which releases the simulator shows what a QEMU is to do: one for a release, two for a version that lies between them. */
import { isDeepStrictEqual } from 'node:util';
import { type Facts, factsOf } from './facts';
import { DEFAULT_PLATFORM, PLATFORMS, type PlatformName } from './platforms';
import { type QuirkName, quirksOf } from './quirks';
import { asGiven, isKnown, isReleased, minorOf, nextMinor, precedes, RELEASES } from './release';

export interface Personality {
  /** For people: `QEMU 10.0.13`, `QEMU 11.1.3 on virt`; `conforming` for none. */
  readonly name: string;
  /** Of QEMU; undefined for the machine that conforms. */
  readonly release?: string;
  /** Release of Linux. */
  readonly linux: string;
  /** q35 unless given. */
  readonly platform?: PlatformName;
}

export const CONFORMING = 'conforming';

/** Of a version such as `10.0.13` or `10.0.50`, oldest first; `packaged` is how its packager words it. */
export function personalitiesOf(
  version: string,
  linux: string,
  packaged = '',
  platform: PlatformName = DEFAULT_PLATFORM,
): Personality[] {
  const all = around(version, linux, packaged, platform);
  if (platform === DEFAULT_PLATFORM) return all;
  return all.filter(({ release }) => release === undefined || !precedes(release, PLATFORMS[platform].from));
}

function around(version: string, linux: string, packaged: string, platform: PlatformName): Personality[] {
  const as = (release?: string): Personality => personality(linux, release, platform);
  if (!isKnown(version)) return [as(`${RELEASES.at(-1)}.0`), as()];
  if (isReleased(version)) return commitsBeyond(packaged) > 0 ? [as(version), as(newestOf(version))] : [as(version)];
  const next = nextMinor(version);
  const [older, newer] = [as(`${minorOf(version)}.0`), next === undefined ? as() : as(`${next}.0`)];
  const within = as(version);
  return isOfItsOwn(within, [older, newer]) ? [older, within, newer] : [older, newer];
}

/** Of a release, or of the machine that conforms. */
export function personality(linux: string, release?: string, platform: PlatformName = DEFAULT_PLATFORM): Personality {
  const there = platform !== DEFAULT_PLATFORM;
  const name = release === undefined ? CONFORMING : `QEMU ${asGiven(release)}`;
  return {
    name: there ? `${name} on ${platform}` : name,
    linux,
    ...(release !== undefined && { release }),
    ...(there && { platform }),
  };
}

/** Whether the ledger knows something of a version between two releases that holds of neither. */
function isOfItsOwn(within: Personality, releases: readonly Personality[]): boolean {
  const own = factsOf(within.release);
  const others = releases.map(({ release }) => factsOf(release));
  const quirks = new Set(releases.flatMap(quirksOfPersonality));
  return (
    (Object.keys(own) as (keyof Facts)[]).some((name) =>
      others.every((other) => !isDeepStrictEqual(other[name], own[name])),
    ) || quirksOfPersonality(within).some((name) => !quirks.has(name))
  );
}

/** What a QEMU is held against if that is not its own release, for people; else nothing. */
export function heldAgainst(version: string, personalities: readonly Personality[]): string {
  const [older, ...others] = personalities.map(({ release, name }) =>
    release === undefined ? name : asGiven(release),
  );
  const newer = others.at(-1);
  if (newer === undefined) return '';
  if (!isKnown(version)) return `, newer than is known: as ${older} or ${newer}`;
  return isReleased(version) ? ', with commits of its own' : `, between ${older} and ${newer}`;
}

/** What a stable series can become at most: a version above any of its releases, and below development's. */
const newestOf = (version: string): string => `${minorOf(version)}.49`;

/** How many commits a build from git is ahead of the tag that it names: 1234 of `v10.0.0-1234-gabcdef`. */
const commitsBeyond = (packaged: string): number =>
  Number(/\bv\d+\.\d+\.\d+(?:-rc\d+)?-(\d+)-g[0-9a-f]+/.exec(packaged)?.[1] ?? 0);

/** The quirks that it has. */
export const quirksOfPersonality = ({ release, linux, platform }: Personality): QuirkName[] =>
  release === undefined ? [] : quirksOf(release, linux, platform);
