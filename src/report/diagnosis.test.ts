import { test } from 'node:test';
import { expect } from 'expect';
import { candidates } from '../ledger/candidates';
import { type KillList, readKillList } from '../ledger/kill-list';
import { diagnose, type Outcome } from './diagnosis';

const kills = readKillList();
const idsOf = (...quirks: string[]): string[] => quirks.flatMap((quirk) => kills.get(quirk) ?? []);
const ALL = [...new Set(idsOf(...kills.keys()))];
const SECOND = 'background-progress-since-power-on';

/** A run in which these fail, each in words of its own or in those that are given, and all others conform. */
function runOf(failing: readonly string[], words?: string, all: readonly string[] = ALL): Outcome[] {
  const fails = new Set(failing);
  return all.map((id, i): Outcome => {
    if (!fails.has(id)) return { id, verdict: 'conforms' };
    const own = String.fromCharCode(...[...`${i}`].map((digit) => 97 + Number(digit))); // a number would not count
    return { id, verdict: 'fails', step: `a step of ${id}`, reason: words ?? `Received: "${own}"` };
  });
}

test('what fails by one quirk alone is that quirk: one fault, and no rest', () => {
  for (const quirk of kills.keys()) {
    const { faults, rest } = diagnose(runOf(idsOf(quirk)), kills);
    expect({ quirk, names: faults.map(({ quirk: name, or }) => [name, ...or]), rest }).toEqual({
      quirk,
      names: [expect.arrayContaining([quirk])],
      rest: [],
    });
  }
});

test('two quirks at once are two faults, and each failure is told once', () => {
  const failing = [...new Set(idsOf('e820-reserves-cfmws', SECOND))];
  const { faults, rest } = diagnose(runOf(failing), kills);
  expect(faults).toEqual([
    expect.objectContaining({ quirk: 'e820-reserves-cfmws', or: [], of: 49, conforming: [] }),
    expect.objectContaining({ quirk: SECOND, or: [], conforming: [] }),
  ]);
  expect(faults.flatMap(({ ids }) => ids).sort()).toEqual([...failing].sort());
  expect(rest).toEqual([]);
});

test('where the sets are nearly the same it is said how nearly, and what fails besides is the rest', () => {
  const failing = idsOf('e820-reserves-cfmws').slice(2);
  const { faults, rest } = diagnose(runOf([...failing, 'OTHER-1.1'], undefined, [...ALL, 'OTHER-1.1']), kills);
  expect(faults).toMatchObject([
    { quirk: 'e820-reserves-cfmws', ids: failing, of: 49, conforming: idsOf('e820-reserves-cfmws').slice(0, 2) },
  ]);
  expect(rest).toMatchObject([{ ids: ['OTHER-1.1'] }]);
});

test('what is known to fail says nothing for or against a quirk', () => {
  const [first, ...failing] = idsOf('e820-reserves-cfmws');
  const outcomes = runOf(failing).map((each) => (each.id === first ? { ...each, verdict: 'known' as const } : each));
  expect(diagnose(outcomes, kills).faults).toMatchObject([{ quirk: 'e820-reserves-cfmws', of: 48, conforming: [] }]);
});

test('if everything fails in the same words, no quirks are put together to explain it', () => {
  const { faults, rest } = diagnose(runOf(ALL, 'QEMU refuses: out of order'), kills);
  expect(faults).toEqual([]);
  expect(rest).toMatchObject([{ ids: ALL, words: 'QEMU refuses: out of order' }]);
});

test('most of the failures that have the same words are not explained by a quirk that explains some of them', () => {
  const { faults } = diagnose(
    runOf(
      ALL.filter((_, i) => i % 2 === 0 || idsOf(SECOND).includes(`${ALL[i]}`)),
      'it crashes',
    ),
    kills,
  );
  expect(faults).toEqual([]);
});

test('a quirk with the same scenarios is told with the other one, and more than three are none', () => {
  const named = (names: readonly string[]) => {
    const list: KillList = new Map(names.map((name) => [name, ['E820-1.1/1', 'E820-1.2']]));
    return diagnose(runOf(['E820-1.1/1', 'E820-1.2']), list).faults.map(({ quirk, or }) => [quirk, ...or]);
  };
  expect(named(['a', 'b', 'c'])).toEqual([['a', 'b', 'c']]);
  expect(named(['a', 'b', 'c', 'd'])).toEqual([]);
});

test('of a run of a part, it is said how many of the scenarios did not run', () => {
  const part = ALL.filter((id) => !id.startsWith('HOTADD'));
  const failing = idsOf('e820-reserves-cfmws').filter((id) => part.includes(id));
  const { faults } = diagnose(runOf(failing, undefined, part), kills);
  expect(faults).toMatchObject([{ ids: failing, of: failing.length, notRun: 49 - failing.length }]);
});

test('the rest is told by step and words, whatever the numbers', () => {
  const failure = (id: string, step: string, reason: string): Outcome => ({ id, verdict: 'fails', step, reason });
  const outcomes = [
    failure('A-1.1', 'window 1 is mapped', 'Received: "0x1000"'),
    failure('A-1.2', 'window 2 is mapped', 'Received: "0x2000"'),
    failure('A-1.3', 'window 2 is free', 'Received: "0x2000"'),
    failure('A-1.4', 'a step', 'QEMU refuses: no'),
    failure('A-1.5', 'another step', 'QEMU refuses: no'),
  ];
  const { rest } = diagnose(outcomes, new Map());
  expect(rest.map(({ ids }) => ids)).toEqual([['A-1.1', 'A-1.2'], ['A-1.4', 'A-1.5'], ['A-1.3']]);
});

test('a quirk that the release is expected to have is not named, nor on qtest one of firmware and operating system', () => {
  const of = (release: string) => [{ name: `QEMU ${release}`, release, linux: '6.12' }];
  expect(candidates(kills, 'simulator', of('7.1')).has('e820-reserves-cfmws')).toBe(false);
  expect(candidates(kills, 'qtest', of('10.0.13')).has('e820-reserves-cfmws')).toBe(true);
  expect(candidates(kills, 'qtest', of('10.0.13')).has('region-size-unchecked')).toBe(false);
  expect(candidates(kills, 'guest', of('10.0.13')).has('region-size-unchecked')).toBe(true);
});

test('of quirks that explain the same, one that a release had is told first', () => {
  const list: KillList = new Map(Object.entries({ 'e820-cfmws-is-ram': [], 'e820-reserves-cfmws': [] }));
  expect([...candidates(list, 'qtest', []).keys()]).toEqual(['e820-reserves-cfmws', 'e820-cfmws-is-ram']);
});

test('of a run of failures alone the fault is the one that has no other scenarios, and a quirk that was hardly looked for is none', () => {
  const ids = idsOf('e820-reserves-cfmws');
  expect(diagnose(runOf(ids, undefined, ids), kills).faults).toMatchObject([
    { quirk: 'e820-reserves-cfmws', notRun: 0 },
  ]);
  const few = ids.slice(0, 3);
  const list: KillList = new Map([['e820-reserves-cfmws', ids]]);
  expect(diagnose(runOf(few, undefined, few), list).faults).toEqual([]);
});
