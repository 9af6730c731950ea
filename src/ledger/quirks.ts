/**
 * Departures from conforming behaviour, each by name. The one list serves three purposes: the simulator can
 * be given a quirk, a QEMU release is expected to have its own, and each scenario fails by some (kill-list.txt).
 */

import { DEFAULT_PLATFORM, type PlatformName } from './platforms';
import { acpiQuirks } from './quirks/acpi';
import { cdatQuirks } from './quirks/cdat';
import { commandLineQuirks } from './quirks/command-line';
import { commandQuirks } from './quirks/commands';
import { decodeQuirks } from './quirks/decode';
import { deviceQuirks } from './quirks/device';
import { dynamicCapacityQuirks } from './quirks/dynamic-capacity';
import { eventQuirks } from './quirks/events';
import { firmwareQuirks } from './quirks/firmware';
import { logQuirks } from './quirks/logs';
import { mailboxQuirks } from './quirks/mailbox';
import { memoryMapQuirks } from './quirks/memory-map';
import { numaQuirks } from './quirks/numa';
import { osQuirks } from './quirks/os';
import { plantedCommandQuirks } from './quirks/planted-commands';
import { poisonQuirks } from './quirks/poison';
import type { Quirk } from './quirks/quirk';
import { registerQuirks } from './quirks/registers';
import { switchQuirks } from './quirks/switch';
import { precedes } from './release';
import { alike } from './spelling';

export const quirks = {
  ...memoryMapQuirks,
  ...acpiQuirks,
  ...decodeQuirks,
  ...deviceQuirks,
  ...registerQuirks,
  ...mailboxQuirks,
  ...logQuirks,
  ...commandQuirks,
  ...switchQuirks,
  ...plantedCommandQuirks,
  ...cdatQuirks,
  ...eventQuirks,
  ...dynamicCapacityQuirks,
  ...poisonQuirks,
  ...numaQuirks,
  ...firmwareQuirks,
  ...commandLineQuirks,
  ...osQuirks,
} as const satisfies Record<string, Quirk>;

export type QuirkName = keyof typeof quirks;

export type Quirks = ReadonlySet<QuirkName>;

/** Quirks that remember which of them, and which others, they were asked for. */
export class TracedQuirks extends Set<QuirkName> {
  readonly asked = new Set<QuirkName>();

  override has(name: QuirkName): boolean {
    this.asked?.add(name); // undefined while Set's constructor runs
    return super.has(name);
  }
}

/** @throws RangeError if the ledger has no such quirk. */
export function quirkNamed(name: string): QuirkName {
  if (!Object.hasOwn(quirks, name)) {
    const hint = alike(name, Object.keys(quirks));
    throw new RangeError(`no quirk ${name}${hint}; npx cxl-conformance quirks lists all`);
  }
  return name as QuirkName;
}

/** The quirks of a QEMU release such as `7.2.22` on a platform, as far as a release of Linux such as `6.12` is bothered by them. */
export function quirksOf(release: string, linux: string, platform: PlatformName = DEFAULT_PLATFORM): QuirkName[] {
  return (Object.keys(quirks) as QuirkName[]).filter((name) => {
    const { releases = [], platforms, linuxFrom, linuxFixedIn }: Quirk = quirks[name];
    if (platforms && !platforms.includes(platform)) return false;
    if ((linuxFrom && precedes(linux, linuxFrom)) || (linuxFixedIn && !precedes(linux, linuxFixedIn))) return false;
    return releases.some(({ from, fixedIn }) => !precedes(release, from) && (!fixedIn || precedes(release, fixedIn)));
  });
}
