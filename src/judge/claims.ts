/** What E820 and SRAT say of the fixed memory windows, against the decoders behind it. */
import { showE820 } from '../codec/acpi/e820';
import { intersection, type Range, showRange, without } from '../codec/range';
import type { Finding } from './finding';
import { affinitiesOf, type HandedOver, mapNameOf, mappedBy, over, windowsOf } from './handed-over';

interface Claim extends Range {
  readonly table: 'e820' | 'srat';
  /** `E820 RAM 0x190000000-0x1a0000000`. */
  readonly name: string;
}

export function judgeClaims(state: HandedOver): Finding[] {
  const windows = windowsOf(state);
  const claims = [...e820Claims(state), ...sratClaims(state)].filter((claim) => over(claim, windows).length > 0);
  const mapped = mappedBy(state.decoders);
  return [
    ...windows.flatMap((window, n) => over(window, claims).flatMap((claim) => unbacked(claim, { n, window }, mapped))),
    ...claims.flatMap((claim) => straddling(claim, windows)),
    ...claims.flatMap((claim, i) => claims.slice(i + 1).flatMap((other) => twice(claim, other, windows))),
  ];
}

const e820Claims = (state: HandedOver): Claim[] =>
  state.memoryMap.map((entry) => ({
    base: entry.base,
    size: entry.size,
    table: 'e820',
    name: `${mapNameOf(state)} ${showE820(entry)}`,
  }));

const sratClaims = (state: HandedOver): Claim[] =>
  affinitiesOf(state).map(({ base, size, domain }) => ({
    base,
    size,
    table: 'srat',
    name: `SRAT memory ${showRange({ base, size })} of domain ${domain}`,
  }));

function unbacked(claim: Claim, { n, window }: { n: number; window: Range }, mapped: readonly Range[]): Finding[] {
  const within = intersection(claim, window);
  if (!within) return [];
  const at = `window ${n} (${showRange(window)})`;
  if (over(within, mapped).length === 0)
    return [
      {
        kind: `${claim.table}-without-decoders`,
        message: `${claim.name} lies over ${at} without a committed decoder behind it`,
      },
    ];
  return without(within, mapped).map((rest) => ({
    kind: `${claim.table}-beyond-decoders`,
    message: `${claim.name} has ${showRange(rest)} of ${at}, which no committed decoder maps`,
  }));
}

const straddling = (claim: Claim, windows: readonly Range[]): Finding[] =>
  without(claim, windows).map((outside) => ({
    kind: 'window-straddled',
    message: `${claim.name} has ${showRange(outside)} outside the windows`,
  }));

function twice(claim: Claim, other: Claim, windows: readonly Range[]): Finding[] {
  const common = intersection(claim, other);
  if (claim.table !== other.table || !common || over(common, windows).length === 0) return [];
  return [{ kind: 'claimed-twice', message: `${claim.name} and ${other.name} both have ${showRange(common)}` }];
}
