import { test } from 'node:test';
import { expect } from 'expect';
import { Linux } from '../ledger/linux';
import { Port } from './port';
import { type Hop, portTurns } from './port-targets';

const port = (name: string) => new Port(name, undefined, new Linux('6.12'));
const [one, two] = [port('host bridge 12'), port('host bridge 40')];
const [a, b] = [port('0000:0d:00.0'), port('0000:29:00.0')];
const way = (...hops: [Port, number][]): Hop<Port>[] => hops.map(([at, below]) => ({ port: at, below }));
const WINDOW = { ways: 1, granularity: 256 };

test('each level has the granularity of the level above times its ways', () => {
  const paths = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => {
    const [bridge, router] = n % 2 ? [two, b] : [one, a];
    return way([bridge, 0], [router, n >> 1]);
  });
  const turns = portTurns(paths, { ways: 2, granularity: 1024 });
  expect(turns.get(one)).toEqual({ ways: 1, granularity: 2048, targets: [0] });
  expect(turns.get(a)).toEqual({ ways: 4, granularity: 2048, targets: [0, 1, 2, 3] });
  expect(turns.get(b)).toEqual({ ways: 4, granularity: 2048, targets: [0, 1, 2, 3] });
});

test('turns are in the order of the positions', () => {
  const paths = [3, 1].map((below) => way([one, 0], [a, below]));
  expect(portTurns(paths, WINDOW).get(a)).toEqual({ ways: 2, granularity: 256, targets: [3, 1] });
});

test('a factor of 3 is left to the window', () => {
  const paths = [0, 1, 2].map((n) => way([port(`host bridge ${n}`), 0]));
  const [[first] = []] = paths;
  expect(portTurns(paths, { ways: 3, granularity: 512 }).get(first?.port as Port)).toMatchObject({ granularity: 512 });
});

const refusals: { title: string; paths: Hop<Port>[][]; window?: typeof WINDOW; code: string }[] = [
  { title: 'three ports below', paths: [0, 1, 2].map((n) => way([one, n])), code: 'EINVAL' },
  { title: 'sixteen ports below', paths: Array.from({ length: 16 }, (_, n) => way([one, n])), code: 'ENXIO' },
  {
    title: 'turns of more than 16K',
    paths: [way([one, 0]), way([two, 0])],
    window: { ways: 2, granularity: 16_384 },
    code: 'EINVAL',
  },
  {
    title: 'two devices of one switch in a row, where a host bridge interleaves across switches',
    paths: [way([one, 0], [a, 0]), way([one, 0], [a, 1]), way([one, 1], [b, 0]), way([one, 1], [b, 1])],
    code: 'ENXIO',
  },
];

for (const { title, paths, window = WINDOW, code } of refusals) {
  test(`${title} are refused with ${code}`, () => {
    expect(() => portTurns(paths, window)).toThrow(expect.objectContaining({ code }));
  });
}
