/** By which quirks failures on a target may be explained. */
import type { KillList } from './kill-list';
import { type Personality, quirksOfPersonality } from './personality';
import { type QuirkName, quirks } from './quirks';
import { firmwareQuirks } from './quirks/firmware';
import { osQuirks } from './quirks/os';
import type { Quirk } from './quirks/quirk';

/**
 * Of the kill list, what no release under test is expected to have; quirks that releases had come first. On qtest, firmware
 * and operating system are this suite's models, which have no quirk.
 */
export function candidates(kills: KillList, target: string, personalities: readonly Personality[]): KillList {
  const expected = new Set<string>(personalities.flatMap(quirksOfPersonality));
  const ours: object = target === 'qtest' ? { ...firmwareQuirks, ...osQuirks } : {};
  const left = [...kills].filter(([name]) => !expected.has(name) && !Object.hasOwn(ours, name));
  const real = ([name]: readonly [string, unknown]) =>
    Number((quirks[name as QuirkName] as Quirk)?.releases === undefined);
  return new Map(left.sort((a, b) => real(a) - real(b)));
}
