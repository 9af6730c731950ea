import { join } from 'node:path';
import { before, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { readKillList } from '../ledger/kill-list';
import { type QuirkName, quirks } from '../ledger/quirks';
import type { Scenario } from '../report/catalogue';
import { select } from './catalogue';
import { EXIT } from './exit';
import { closer, trialsOf } from './kill';
import { differences, gapsOf, merged } from './kill-list';

/** Of how many scenarios one is run with each quirk alone. */
const EVERY = 40;

let scenarios: Scenario[];
before(async () => {
  scenarios = await select({});
});

/** Faster than in a test runner. */
async function check(...args: string[]) {
  const command = [join(__dirname, 'main.js'), 'quirks', '--check', ...args];
  const { exitCode, stdout } = await execa('node', command, { reject: false });
  return { exitCode, stdout };
}

const UP_TO_DATE = { exitCode: EXIT.asExpected, stdout: 'src/ledger/kill-list.txt is up to date' };

test('the kill list is what the simulator shows, each quirk kills something, and each scenario is killed', async () => {
  expect(await check()).toEqual(UP_TO_DATE);
});

test('of some scenarios, quirks that are tried alone kill those that they kill when tried together', async () => {
  const some = scenarios.filter((_, i) => i % EVERY === 0);
  expect(await check('--singly', ...some.flatMap(({ id }) => ['--id', id]))).toEqual(UP_TO_DATE);
});

test('quirks that the kill list has are tried alone, and neighbours in the ledger apart', () => {
  const concerned = Object.keys(quirks).slice(0, 18) as QuirkName[];
  const [alone, ...groups] = trialsOf('A-1.1', concerned, concerned.slice(0, 1)).map((trial) => trial.quirks);
  expect(alone).toEqual(concerned.slice(0, 1));
  expect(groups.map((group) => group.length)).toEqual([6, 6, 5]);
  expect([...groups.flat()].sort()).toEqual(concerned.slice(1).sort());
  expect(groups[0]?.slice(0, 2)).toEqual([concerned[1], concerned[4]]);
});

const several = ['cedt-unsummed', 'chbs-short', 'windows-overlap'] as const;

for (const [what, verdict, asked, left] of [
  ['that conforms has nothing left to try', 'conforms', several, []],
  ['that conforms is tried with what was not asked for', 'conforms', several.slice(1), [['cedt-unsummed']]],
  ['that fails is tried with halves', 'fails', several, [['cedt-unsummed', 'chbs-short'], ['windows-overlap']]],
] as const) {
  test(`a scenario ${what}`, () => {
    const trials = closer({ id: 'A-1.1', quirks: several }, verdict, new Set(asked));
    expect(trials).toEqual(left.map((part) => ({ id: 'A-1.1', quirks: part })));
  });
}

test('a scenario that nothing kills, and a quirk that kills nothing, are told with what to do', () => {
  const list = new Map([
    ['cedt-unsummed', ['CEDT-1.1']],
    ['chbs-short', []],
  ]);
  expect(gapsOf(list, [{ id: 'CEDT-1.1' }, { id: 'NEW-1.1' }])).toEqual([
    'NEW-1.1 fails by no quirk: plant one in src/ledger/quirks that breaks what it says',
    'no scenario fails by chbs-short: write one that does, or remove the quirk',
  ]);
});

test('a part that is computed leaves the rest of the list as it is', () => {
  const kept = new Map([
    ['chbs-short', ['A-1.1', 'B-1.1']],
    ['cedt-unsummed', ['A-1.1']],
  ]);
  const computed = new Map([['chbs-short', ['A-1.2']]]);
  const scope = { names: ['chbs-short'] as const, id: ['A'] };
  const list = merged(kept, computed, scope);
  expect(list.get('chbs-short')).toEqual(['A-1.2', 'B-1.1']);
  expect(list.get('cedt-unsummed')).toEqual(['A-1.1']);
  expect([...list.keys()]).toEqual(Object.keys(quirks));
});

test('differences are told by quirk', () => {
  const before = new Map([
    ['a', ['A-1.1/1', 'A-1.1/2']],
    ['b', ['A-1.1/1']],
  ]);
  const after = new Map([
    ['a', ['A-1.1/2', 'A-1.2']],
    ['b', ['A-1.1/1']],
  ]);
  expect(differences(before, after)).toEqual(['a', '  - A-1.1/1', '  + A-1.2']);
});

test('the kill list has scenarios and quirks that there are, and no others', () => {
  const ids = new Set(scenarios.map(({ id }) => id));
  expect([...readKillList().values()].flat().filter((id) => !ids.has(id))).toEqual([]);
  expect([...readKillList().keys()]).toEqual(Object.keys(quirks));
});

test('every scenario says where it is written', () => {
  const bare = scenarios.filter(({ requirements, sources }) => requirements.length + sources.length === 0);
  expect(bare.map(({ id }) => id)).toEqual([]);
});

test('ids are unique, and those of scenarios continue those of their rules', () => {
  const ids = scenarios.map(({ id }) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  expect(ids.filter((id) => !/^[A-Z][A-Z0-9]*-\d+\.\d+(\/\d+)?$/.test(id))).toEqual([]);
});
