import { type DataTable, Given, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { decodeHmat } from '../src/codec/acpi/hmat';
import { accessValues, performanceBetween } from '../src/codec/acpi/hmat-values';
import type { Locality, SideCache } from '../src/machine/topology';
import { showPerformance } from './support/cdat';
import { bytes } from './support/parameter-types';
import type { CxlWorld } from './support/world';

const MIB = 1n << 20n;
const CACHES = ['first-level cache', 'second-level cache', 'third-level cache'];

Given('these latencies and bandwidths:', function (this: CxlWorld, table: DataTable) {
  for (const { from, to, latency, bandwidth, access, of } of table.hashes()) {
    const cache = CACHES.indexOf(`${of}`) + 1;
    const which = { ...(access && access !== 'any' && { access }), ...(cache > 0 && { cache }) };
    const values = { latency: Number(latency), bandwidth: bytes(bandwidth), ...which };
    this.numa.localities.push({ initiator: Number(from), target: Number(to), ...values } as Locality);
  }
});

Given('these memory side caches:', function (this: CxlWorld, table: DataTable) {
  this.numa.sideCaches.push(...table.hashes().map((row) => ({ node: Number(row.node), ...sideCache(row) })));
});

Then('the HMAT has this memory:', async function (this: CxlWorld, table: DataTable) {
  const found = (await hmat(this)).flatMap((s) =>
    s.kind === 'memory proximity' ? [{ domain: s.memory, initiator: s.initiator }] : [],
  );
  const expected = table.hashes().map(({ domain, initiator }) => ({
    ...{ domain: Number(domain), initiator: initiator === '' ? undefined : Number(initiator) },
  }));
  expect({ memory: found }).toEqual({ memory: expected });
});

Then('the HMAT has these latencies and bandwidths:', async function (this: CxlWorld, table: DataTable) {
  const expected = table.hashes().map(({ from, to, latency, bandwidth, access = 'any', of = 'memory' }) => ({
    ...{ initiator: Number(from), target: Number(to), access, hierarchy: of, latency: Number(latency) },
    bandwidth: Number(bytes(bandwidth) / MIB),
  }));
  expect({ access: accessValues(await (await this.host()).acpiTable('HMAT')) }).toEqual({ access: expected });
});

Then(
  'the HMAT tells of access from domain {int} to domain {int}:',
  async function (this: CxlWorld, from: number, to: number, table: DataTable) {
    const hmat = await (await this.host()).acpiTable('HMAT');
    const what = `access from domain ${from} to domain ${to}`;
    const found = showPerformance(performanceBetween(hmat, from, to));
    expect({ [what]: found }).toEqual({ [what]: table.hashes()[0] });
  },
);

Then('the HMAT has these memory side caches:', async function (this: CxlWorld, table: DataTable) {
  const expected = table.hashes().map((row) => ({
    ...{ domain: Number(row.node), levels: Number(row.levels), ...sideCache(row) },
  }));
  const found = (await hmat(this)).filter((s) => s.kind === 'side cache');
  expect({ caches: found.map(({ kind, smbiosHandles, ...cache }) => cache) }).toEqual({ caches: expected });
});

const hmat = async (world: CxlWorld) => decodeHmat(await (await world.host()).acpiTable('HMAT'));

const sideCache = ({ level, size, associativity, policy, line }: Record<string, string>) =>
  ({ level: Number(level), size: bytes(size), associativity, policy, line: Number(line) }) as Omit<SideCache, 'node'>;
