import { test } from 'node:test';
import { expect } from 'expect';
import type { QuirkName } from '../ledger/quirks';
import type { Topology } from '../machine/topology';
import { simulator } from '../target/real-and-modelled';
import { differencesBetween, withoutChance } from './between';
import type { Draw } from './draw';

const MIB = 1n << 20n;

const topology: Topology = {
  ram: 1024n * MIB,
  processors: 1,
  testDevices: [],
  hostBridges: [{ id: 'cxl.1', bus: 12, rootPorts: ['rp0'] }],
  windows: [{ size: 4096n * MIB, targets: ['cxl.1'], granularity: 1024 }],
  type3s: [{ id: 'vmem7', port: 'rp0', volatile: 256n * MIB, persistent: 0n, labelArea: 0n, serial: 7n }],
};

const draw: Draw = {
  topology,
  enabled: true,
  touches: [{ region: 0, offset: 0 }],
  device: 0,
  commands: [],
  regions: [{ window: 0, offset: 0, share: 1, ports: 1, fan: 1, skip: 0, oddity: undefined }],
};

const between = (base: QuirkName[], patched: QuirkName[]) =>
  differencesBetween(
    { base: simulator(new Set(base)), patched: simulator(new Set(patched)), models: [simulator(new Set())] },
    draw,
  );

test('two machines that are alike do not differ', async () => {
  expect((await between([], [])).departures).toEqual([]);
});

test('a field that differs is named, and the bytes that follow from it are not', async () => {
  const { departures } = await between([], ['cfmws-granularity-lost']);
  const [first, ...others] = departures;
  expect(first).toEqual({
    comparator: 'CEDT',
    path: ['fields', 'CFMWS', 'granularity'],
    real: '1024',
    simulated: '256',
  });
  expect(others.map(({ comparator }) => comparator)).not.toContain('CEDT');
});

test('a register that cannot be written any more is named', async () => {
  const { departures } = await between([], ['range-base-read-only']);
  const written = departures.filter(({ comparator }) => comparator === 'writes');
  expect(written).toContainEqual(
    expect.objectContaining({ path: expect.arrayContaining(['cxl-type3', expect.stringMatching(/DVSEC$/)]) }),
  );
});

test('the second of two differences is seen behind the first', async () => {
  const { departures } = await between([], ['cfmws-granularity-lost', 'chbs-short']);
  const fields = departures.map(({ path }) => path.join(' '));
  expect(fields).toContain('fields CFMWS granularity');
  expect(fields).toContainEqual(expect.stringMatching(/^fields CHBS /));
});

test('comparators that are not named do not look', async () => {
  const pair = {
    base: simulator(new Set()),
    patched: simulator(new Set(['chbs-short', 'range-base-read-only'])),
    models: [],
  };
  const by = async (names: readonly string[]) =>
    new Set((await differencesBetween(pair, draw, names)).departures.map(({ comparator }) => comparator));
  expect(await by(['CEDT', 'SRAT'])).toEqual(new Set(['CEDT']));
  expect(await by(['writes'])).toEqual(new Set(['writes']));
});

test('a machine that has crashed is started once more to be written to', async () => {
  const crash: QuirkName = 'labels-of-no-length-abort';
  const { departures } = await between([crash], [crash, 'range-base-read-only']);
  expect(departures.map(({ comparator }) => comparator)).toContain('writes');
});

test('what a mailbox has answered before it answers by chance is a difference', async () => {
  const chance: QuirkName = 'port-list-unbounded';
  const switches = [{ id: 'us0', rootPort: 'rp1', downstreamPorts: ['ds0'], mailbox: 'cci0' }];
  const hostBridges = [{ id: 'cxl.1', bus: 12, rootPorts: ['rp0', 'rp1'] }];
  const ofSwitch = { ...draw, topology: { ...topology, hostBridges, switches }, asked: 'cci0' };
  const models = [simulator(new Set([chance]))];
  const pair = {
    base: simulator(new Set([chance])),
    patched: simulator(new Set([chance, 'switch-forgets-upstream-port'])),
    models,
  };
  const seen = await differencesBetween(pair, ofSwitch, ['mailbox']);
  const { departures } = await withoutChance(pair, seen, seen.departures);
  expect(departures.map(({ comparator }) => comparator)).toContain('mailbox');
});
