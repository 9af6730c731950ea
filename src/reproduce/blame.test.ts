import { test } from 'node:test';
import { expect } from 'expect';
import type { Call } from '../target/tape';
import { blame, type Difference, differences } from './blame';

const read = (address: bigint, value: number, step = 2): Call => ({
  method: 'read32',
  args: [address],
  step,
  boot: false,
  tapped: [],
  outcome: { value },
});
const table = (signature: string, address: bigint, length: number, fill = 0): Call => {
  const value = Buffer.alloc(length, fill);
  value.write(signature);
  return { ...read(address, 0), method: 'readBlock', args: [address, length], outcome: { value } };
};
const named = (found: readonly Difference[]) => found.map(({ name }) => name);

test('only what is answered otherwise differs, each access compared with the one that is as often repeated', () => {
  const real = [read(1n, 5), read(1n, 6), read(2n, 7)];
  const simulated = [read(1n, 5), read(1n, 9), read(2n, 7)];
  expect(differences(real, simulated, 2)).toEqual([{ name: 'read32 ["1"] 2', call: real[1], expected: { value: 9 } }]);
});

test('what comes after the step that fails is not looked at', () => {
  expect(differences([read(1n, 5, 3)], [read(1n, 6, 3)], 2)).toEqual([]);
});

test('a table is compared with the one of its signature, wherever it lies and however long it is', () => {
  const [real, simulated] = [[table('HMAT', 0x100n, 60)], [table('HMAT', 0x200n, 48), table('SRAT', 0x100n, 60)]];
  expect(named(differences(real, simulated, 2))).toEqual(['readBlock HMAT 1']);
});

test('one difference that makes the simulator fail is blamed, and those nearest to the failing step are tried first', async () => {
  const all = differences([read(1n, 5, 0), read(2n, 6, 1)], [read(1n, 0, 0), read(2n, 0, 1)], 2);
  expect(await blame(all, async () => true)).toEqual({ differences: [all[1]], confirmed: true });
  const second = async (some: readonly Difference[]) => some.includes(all[0] as Difference);
  expect(await blame(all, second)).toEqual({ differences: [all[0]], confirmed: true });
});

test('differences that only together make it fail are blamed together, and no others', async () => {
  const real = [1n, 2n, 3n, 4n].map((address) => read(address, 1));
  const all = differences(
    real,
    real.map(({ args }) => read(args[0] as bigint, 0)),
    2,
  );
  const both = async (some: readonly Difference[]) => [0, 2].every((i) => some.includes(all[i] as Difference));
  expect(await blame(all, both)).toEqual({ differences: [all[0], all[2]], confirmed: true });
});

test('where none makes it fail, the nearest is shown and said not to be confirmed', async () => {
  const all = differences([read(1n, 5, 0), read(2n, 6, 1)], [read(1n, 0, 0), read(2n, 0, 1)], 2);
  expect(await blame(all, async () => false)).toEqual({ differences: [all[1]], confirmed: false });
});
