import { test } from 'node:test';
import { expect } from 'expect';
import { filesTouchedBy } from '../report/touching';
import { isPrefix, select } from './catalogue';

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

for (const [name, selection, message] of [
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
