import { test } from 'node:test';
import { expect } from 'expect';
import type { HdmDecoders } from '../driver/hdm-decoders';
import { Linux } from '../ledger/linux';
import { Port } from './port';

const MIB = 1n << 20n;
const programming = { range: { base: 0n, size: 256n * MIB }, ways: 1, granularity: 256 };
const willing = { count: 4, commit: async () => 'committed', reset: async () => {} } as unknown as HdmDecoders;
const busy = expect.objectContaining({ code: 'EBUSY' });

/** A port of a Linux release that carries region0 below region1. */
async function carrying(release: string): Promise<Port> {
  const port = new Port('host bridge 12', willing, new Linux(release));
  for (const [region, base] of [
    ['region0', 0n],
    ['region1', 256n * MIB],
  ] as const) {
    port.attach(region, base);
    await port.commit(region, programming);
  }
  return port;
}

test('a port without decoders carries one region', () => {
  const port = new Port('host bridge 12', undefined, new Linux('6.12'));
  port.attach('region0', 0n);
  expect(() => port.attach('region1', 256n * MIB)).toThrow(busy);
});

test('a region below another one of the port is refused', async () => {
  const port = await carrying('6.12');
  await port.reset('region0');
  port.detach('region0');
  expect(() => port.attach('region2', 0n)).toThrow(busy);
});

test('while a decoder below a committed one is free, none is given out', async () => {
  const port = await carrying('6.12');
  await port.reset('region0');
  port.detach('region0');
  expect(() => port.attach('region2', 512n * MIB)).toThrow(busy);
});

test('before 6.12 the last decoder has to be reset first', async () => {
  const port = await carrying('6.1');
  await expect(port.reset('region0')).rejects.toThrow('Linux 6.1 cannot reset HDM decoders in any order');
  await port.reset('region1');
  await port.reset('region0');
});

test('since 6.12 decoders are reset in any order', async () => {
  const port = await carrying('6.12');
  await port.reset('region0');
  await port.reset('region1');
});
