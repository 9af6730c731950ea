import { test } from 'node:test';
import { expect } from 'expect';
import { unlessHopeless } from './start-failures';

class Hung extends Error {}

const starting = (outcomes: readonly (Error | 'up')[]) => {
  const left = [...outcomes];
  const start = unlessHopeless(async () => {
    const outcome = left.shift();
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }, Hung);
  return { start: () => start(0).catch(({ message }: Error) => message), left };
};

test('what has failed twice and never succeeded is not tried again', async () => {
  const { start, left } = starting([new Hung('silent'), new Hung('silent'), 'up']);
  await start();
  await start();
  expect(await start()).toMatch(/^not retried after 2 failures: silent$/);
  expect(left).toEqual(['up']);
});

test('what has succeeded once is tried again, however often it fails', async () => {
  const { start } = starting(['up', new Hung('a'), new Hung('b'), new Hung('c'), 'up']);
  for (const expected of ['up', 'a', 'b', 'c', 'up']) expect(await start()).toBe(expected);
});

test('failures of another kind do not count', async () => {
  const { start } = starting([new Error('x'), new Error('x'), new Error('x'), 'up']);
  for (const expected of ['x', 'x', 'x', 'up']) expect(await start()).toBe(expected);
});
