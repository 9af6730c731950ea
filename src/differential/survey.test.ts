import { test } from 'node:test';
import { expect } from 'expect';
import type { QuirkName } from '../ledger/quirks';
import type { Topology } from '../machine/topology';
import { type Start, simulator } from '../target/real-and-modelled';
import type { Draw } from './draw';
import { showingAgain, survey, withSmallMachines } from './survey';

const MIB = 1n << 20n;

const topology: Topology = {
  ram: 1024n * MIB,
  processors: 1,
  testDevices: [],
  hostBridges: [
    { id: 'cxl.1', bus: 12, rootPorts: ['rp0'] },
    { id: 'cxl.2', bus: 40, rootPorts: ['rp1'] },
  ],
  windows: [{ size: 4096n * MIB, targets: ['cxl.1'], granularity: 1024 }],
  type3s: [{ id: 'mem0', port: 'rp0', volatile: 256n * MIB, persistent: 0n, labelArea: 0n, serial: 7n }],
};

const draw: Draw = { topology, enabled: true, touches: [], device: 0, commands: [], regions: [] };

const pairOf = (base: Start, patched: Start) => ({ base, patched, models: [simulator(new Set())] });
const as = (...quirks: QuirkName[]) => simulator(new Set(quirks));
const quiet = () => {};

test('a kind of difference is told once, with the first machine that shows it, and chance is asked of that one alone', async () => {
  let asked = 0;
  const models: Start[] = [
    async (machine) => {
      asked += 1;
      return as()(machine);
    },
  ];
  const pair = { base: as(), patched: as('chbs-short'), models };
  const second = { ...draw, device: 1 };
  const { kinds } = await survey(
    pair,
    [draw, second].map((each) => ({ draw: each, by: ['CEDT'] })),
    quiet,
  );
  expect(kinds.size).toBeGreaterThan(0);
  expect([...kinds.values()].map((kind) => kind.draw)).toEqual(Array(kinds.size).fill(draw));
  expect(asked).toBe(1);
});

test('a machine that shows a difference loses the parts that are not needed for it', async () => {
  const pair = pairOf(as(), as('cfmws-granularity-lost'));
  const { kinds } = await survey(pair, [{ draw, by: ['CEDT'] }], quiet);
  const [smaller] = (await withSmallMachines(pair, kinds, quiet)).values();
  const { hostBridges, type3s, windows } = smaller?.draw.topology ?? topology;
  expect({ bridges: hostBridges.map(({ id }) => id), type3s, windows: windows.length }).toEqual({
    bridges: ['cxl.1'],
    type3s: [],
    windows: 1,
  });
});

test('a difference that is not there the second time is left out', async () => {
  let starts = 0;
  const patched: Start = (machine) => (starts++ === 0 ? as('chbs-short') : as())(machine);
  const pair = pairOf(as(), patched);
  const { kinds } = await survey(pair, [{ draw, by: ['CEDT'] }], quiet);
  expect(kinds.size).toBeGreaterThan(0);
  expect(await showingAgain(pair, kinds)).toEqual([]);
});

test('what one machine shows by chance is no difference, and the quirk is named', async () => {
  const chance: QuirkName = 'port-list-unbounded';
  const switches = [{ id: 'us0', rootPort: 'rp1', downstreamPorts: ['ds0'], mailbox: 'cci0' }];
  const ofSwitch = { ...draw, topology: { ...topology, switches }, asked: 'cci0' };
  const pair = { base: as(chance), patched: as(), models: [as(chance)] };
  const { kinds, chance: named } = await survey(pair, [{ draw: ofSwitch, by: ['mailbox'] }], quiet);
  expect([...kinds]).toEqual([]);
  expect([...named]).toEqual([chance]);
});
