import { test } from 'node:test';
import { expect } from 'expect';
import { NotApplicable } from '../ledger/verdict';
import { Refusal } from '../machine/refusal';
import type { Setup } from '../machine/topology';
import { atMost, MachinePool } from './pool';
import type { Platform } from './target';

/** A machine whose life is written down. */
class FakePlatform {
  readonly life: string[] = [];
  asItWas = true;
  wakes = true;
  readonly operator = { powerOff: async () => void this.life.push('off') };
  restore = async () => this.asItWas;
  rest = async () => void this.life.push('rests');

  async wake() {
    this.life.push('wakes');
    if (!this.wakes) throw new Error('it has died in its sleep');
  }
}

const setupOf = (ram: bigint): Setup => ({
  topology: { ram, processors: 1, hostBridges: [], windows: [], type3s: [], testDevices: [] },
  reservations: [],
});

const poolOf = (capacity: number) => {
  const machines: FakePlatform[] = [];
  const pool = new MachinePool(atMost(capacity), async () => {
    machines.push(new FakePlatform());
    return machines.at(-1) as unknown as Platform;
  });
  return { pool, machines };
};

test('a machine that is as it was rests until a scenario asks for the same one', async () => {
  const { pool, machines } = poolOf(1);
  await pool.release(await pool.powerOn(setupOf(1n)));
  await pool.powerOn(setupOf(1n));
  expect(machines.map(({ life }) => life)).toEqual([['rests', 'wakes']]);
  expect(pool.started).toBe(1);
});

test('a machine that is not as it was, or that does not wake, is replaced', async () => {
  const { pool, machines } = poolOf(1);
  const first = await pool.powerOn(setupOf(1n));
  Object.assign(first, { asItWas: false });
  await pool.release(first);
  const second = await pool.powerOn(setupOf(1n));
  Object.assign(second, { wakes: false });
  await pool.release(second);
  await pool.powerOn(setupOf(1n));
  expect(machines.map(({ life }) => life)).toEqual([['off'], ['rests', 'wakes', 'off'], []]);
  expect(pool.started).toBe(3);
});

test('beyond its capacity the machine that has rested longest is ended', async () => {
  const { pool, machines } = poolOf(2);
  for (const ram of [1n, 2n, 3n]) await pool.release(await pool.powerOn(setupOf(ram)));
  expect(machines.map(({ life }) => life)).toEqual([['rests', 'off'], ['rests'], ['rests']]);
});

for (const [error, started] of [
  [new Refusal('no such bus', 'QEMU did not start'), 0],
  [new NotApplicable('it has no volatile memory'), 0],
  [new Error('it hangs'), 1],
] as const) {
  test(`${error.name}: ${error.message} counts as ${started} machines that were started`, async () => {
    const pool = new MachinePool(atMost(1), () => Promise.reject(error));
    await expect(pool.powerOn(setupOf(1n))).rejects.toBe(error);
    expect(pool.started).toBe(started);
  });
}
