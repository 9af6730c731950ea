import { join } from 'node:path';
import { before, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { quirks } from '../ledger/quirks';
import type { Scenario } from '../report/catalogue';
import { select } from './catalogue';
import { trace } from './kill';

interface Row {
  readonly name: string;
  readonly killedBy: readonly string[];
}

let scenarios: Scenario[];
let killed: ReadonlyMap<string, readonly string[]>;
before(async () => {
  scenarios = await select({});
  const halves = [0, 1].map((half) => Object.keys(quirks).filter((_, i) => i % 2 === half));
  const runs = halves.map((names) => execa('node', [join(__dirname, 'main.js'), 'quirks', '--json', ...names])); // faster than in a test runner
  const rows = (await Promise.all(runs)).flatMap(({ stdout }) => JSON.parse(stdout) as Row[]);
  killed = new Map(rows.map(({ name, killedBy }) => [name, killedBy]));
});

test('the simulator without a quirk conforms', async () => {
  expect((await trace()).filter(({ verdict }) => verdict !== 'conforms')).toEqual([]);
});

for (const quirk of Object.keys(quirks)) {
  test(`${quirk} fails the scenarios tagged with it, and no others`, async () => {
    const tagged = scenarios.filter((scenario) => scenario.quirks.includes(quirk)).map(({ id }) => id);
    expect(tagged).not.toEqual([]);
    expect(killed.get(quirk)).toEqual(tagged);
  });
}

test('every scenario can fail', () => {
  expect(scenarios.filter((scenario) => scenario.quirks.length === 0).map(({ id }) => id)).toEqual([]);
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

test('quirks that scenarios name are in the ledger', () => {
  const named = new Set(scenarios.flatMap((scenario) => scenario.quirks));
  expect([...named].filter((name) => !(name in quirks))).toEqual([]);
});
