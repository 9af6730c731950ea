import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import { reduce } from './reduce';

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

test('what is left is what is needed, in its order', async () => {
  const needed = [3, 40, 41, 99];
  const holds = async (part: readonly number[]) => needed.every((each) => part.includes(each));
  const { kept, minimal, tries } = await reduce(upTo(100), holds);
  expect({ kept, minimal }).toEqual({ kept: needed, minimal: true });
  expect(tries).toBeLessThan(100);
});

test('of no item of the result can it be said that it could be left out', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.array(fc.nat(39)), async (count, some) => {
      const holds = async (part: readonly number[]) =>
        some.reduce((sum, each) => sum + Number(part.includes(each)), 0) * 2 >= some.length;
      const { kept } = await reduce(upTo(count), holds);
      if (!(await holds(upTo(count)))) return;
      expect(await holds(kept)).toBe(true);
      for (const one of kept) expect(await holds(kept.filter((each) => each !== one))).toBe(false);
    }),
  ));

test('nothing is left where nothing is needed', async () => {
  expect(await reduce(upTo(7), async () => true)).toMatchObject({ kept: [], minimal: true });
});

test('when the time is up it says that more may go', async () => {
  let tries = 0;
  const reduced = await reduce(
    upTo(64),
    async (part) => part.includes(9),
    () => ++tries > 3,
  );
  expect(reduced).toMatchObject({ minimal: false, tries: 3 });
  expect(reduced.kept).toContain(9);
});

test('what can be spared once a later one is gone is tried again', async () => {
  const holds = async (part: readonly number[]) =>
    [8, 9].every((each) => part.includes(each)) && (!part.includes(5) || part.includes(2));
  expect(await reduce([2, 9, 5, 8], holds)).toMatchObject({ kept: [9, 8], minimal: true });
});
