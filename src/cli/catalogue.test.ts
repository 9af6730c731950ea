import { describe, test } from 'node:test';
import { expect } from 'expect';
import { countScenarios } from '../report/count';
import { filesTouchedBy } from '../report/touching';
import { isPrefix, type Selection, select } from './catalogue';

for (const [prefix, id, expected] of [
  ['E820-1', 'E820-1.2', true],
  ['E820-1', 'E820-1.1/3', true],
  ['E820', 'E820-1.1', true],
  ['E820-1.1', 'E820-1.1/3', true],
  ['E820-1.1/3', 'E820-1.1/3', true],
  ['E820-1', 'E820-10.1', false],
  ['E820-1.1', 'E820-1.10', false],
  ['E8', 'E820-1', false],
  ['', 'E820-1', false],
] as const) {
  test(`'${prefix}' ${expected ? 'is' : 'is not'} a prefix of ${id}`, () =>
    expect(isPrefix(prefix, id)).toBe(expected));
}

test('shards are disjoint, and together all there is', async () => {
  const all = (await select({})).map(({ id }) => id);
  const shards = await Promise.all([1, 2, 3].map((index) => select({ shard: { index, of: 3 } })));
  expect(
    shards
      .flat()
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...all].sort());
});

test('every scenario touches some source file', async () => {
  const untouched = (await select({})).filter((scenario) => filesTouchedBy(scenario).size === 0);
  expect(untouched.map(({ id }) => id)).toEqual([]);
});

const idsOf = async (selection: Selection) => (await select(selection)).map(({ id }) => id);

describe('a section stands for all below it, by whole segments:', () => {
  const SECTION = 'CXL-3.1-8.2.4.20';
  const below = (sources: readonly string[]) => sources.some((source) => /^CXL-3\.1-8\.2\.4\.20(\.|$)/.test(source));

  test('with --id', async () => {
    const all = await select({});
    const expected = all.filter(({ sources }) => below(sources)).map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(20);
    expect(await idsOf({ id: [SECTION] })).toEqual(expected);
  });

  test('with --tags, beside others', async () => {
    const expected = (await idsOf({ id: [SECTION] })).filter((id) => !/^(BIOSFIRST|ANY)-/.test(id));
    expect(await idsOf({ tags: `@${SECTION} and not @flow` })).toEqual(expected);
  });
});

test('text is looked for in names, steps, tables and tags, whether in capitals or not', async () => {
  expect(await idsOf({ grep: 'A ROOT PORT ACCEPTS ANY NUMBER' })).toEqual(['CONFIG-8.1']);
  expect(await idsOf({ grep: 'CACHE-POISON-RECEIVED', id: ['RAS'] })).toEqual(['RAS-3.2/5']);
  expect(await idsOf({ grep: '@pcie-6.0-7.7.1.2' })).toEqual(['CONFIG-8.1', 'CONFIG-11.1']);
});

test('scenarios that touch one file or another are selected, in the order of the features', async () => {
  const files = ['hw/pci/msix.c', 'hw/acpi/acpi_generic_initiator.c'];
  const each = await Promise.all(files.map((file) => idsOf({ touching: [file] })));
  const either = await idsOf({ touching: files });
  expect(either).toHaveLength(each.flat().length);
  expect(either.indexOf('CONFIG-8.1')).toBeGreaterThan(0);
});

for (const [name, selection, message] of [
  ['an id that is mistyped', { id: ['E820-1', 'E82-1'] }, '--id E82-1 (did you mean E820-1?)'],
  [
    'a tag that is mistyped',
    { tags: '@region and not @memory_map' },
    'the tag @memory_map (did you mean @memory-map?)',
  ],
  ['a file that no scenario touches', { touching: ['hw/net/e1000.c'] }, 'by --touching hw/net/e1000.c'],
  ['text that no scenario has', { grep: 'no such words' }, 'by --grep no such words'],
  ['an id that nothing begins with', { id: ['NOPE-1'] }, 'no scenario is selected'],
  ['tags that nothing has', { tags: '@nope' }, 'no scenario is selected'],
  ['a malformed tag expression', { tags: '@a and' }, '--tags @a and'],
  [
    'a feature that is not there',
    { features: ['features/nope.feature'] },
    'no feature file or folder features/nope.feature',
  ],
] as const) {
  test(`${name} is refused`, async () => {
    await expect(select(selection)).rejects.toThrow(message);
  });
}

test('scenarios are as many when they are merely counted', async () => {
  expect(countScenarios()).toBe((await select({})).length);
});

test('an id selects the same scenarios, whether or not all features are read for it', async () => {
  for (const id of ['E820-1', 'MAILBOX-2.1', 'MAILBOX']) {
    const all = await select({});
    const named = all.filter((scenario) => isPrefix(id, scenario.id));
    expect((await select({ id: [id] })).map((scenario) => scenario.id)).toEqual(named.map((scenario) => scenario.id));
  }
});
