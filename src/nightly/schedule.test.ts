import { test } from 'node:test';
import { expect } from 'expect';
import { inParallel, planned } from './schedule';

/** Tasks of these weights, each of which takes a turn of the event loop per unit of `turns`; and what starts and ends. */
async function trace(room: number, ...weights: readonly number[]): Promise<{ order: string[]; most: number }> {
  const order: string[] = [];
  let busy = 0;
  let most = 0;
  const tasks = weights.map((weight, i) => ({
    weight,
    run: async () => {
      order.push(`+${i}`);
      busy += weight;
      most = Math.max(most, busy);
      for (let turn = 0; turn <= i; turn++) await new Promise(setImmediate);
      busy -= weight;
      order.push(`-${i}`);
    },
  }));
  await inParallel(tasks, room);
  return { order, most };
}

test('tasks run side by side as far as there is room, each once', async () => {
  const { order, most } = await trace(2, 1, 1, 1, 1);
  expect(order.slice(0, 2)).toEqual(['+0', '+1']);
  expect([order.length, new Set(order).size, most]).toEqual([8, 8, 2]);
});

test('one that does not fit waits, and a later one that does goes first', async () => {
  expect((await trace(2, 1, 2, 1)).order.slice(0, 2)).toEqual(['+0', '+2']);
});

test('one that is larger than the room runs alone', async () => {
  expect(await trace(2, 4, 1)).toEqual({ order: ['+0', '-0', '+1', '-1'], most: 4 });
});

const row = (target: 'simulator' | 'qtest' | 'guest', i: number) => ({ name: `${target}-${i}`, target });
const rows = [row('simulator', 1), row('qtest', 1), row('guest', 1), row('qtest', 2), row('guest', 2)];

test('guests take longest and start first, and on two processors each row keeps one busy', () => {
  expect(planned(rows, 2).map(({ row: { name }, weight }) => `${name} ${weight}`)).toEqual([
    'guest-1 1',
    'guest-2 1',
    'qtest-1 1',
    'qtest-2 1',
    'simulator-1 1',
  ]);
});

test('where there are more processors than rows, qtest lanes share the rest', () => {
  expect(planned(rows, 16).map(({ weight }) => weight)).toEqual([1, 1, 3, 3, 1]);
  expect(planned([row('qtest', 1)], 8).map(({ weight }) => weight)).toEqual([8]);
});
