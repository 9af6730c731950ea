import { type DataTable, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { decodeSlit } from '../src/codec/acpi/slit';
import { decodeSrat, isProcessor } from '../src/codec/acpi/srat';
import { type Range, showRange } from '../src/codec/range';
import { range } from './support/parameter-types';
import type { CxlWorld } from './support/world';

Then('the SRAT has this memory:', async function (this: CxlWorld, table: DataTable) {
  const expected = table.hashes().flatMap(({ domain, ranges = '' }) => {
    const each = ranges.split(', ').filter(Boolean);
    return each.map((text) => `${showRange(range(text))} on domain ${domain}`);
  });
  const memory = (await enabled(this)).flatMap((s) => (s.kind === 'memory' && !s.hotPluggable ? [s] : []));
  const found = memory.map((each) => `${showRange(each)} on domain ${each.domain}`);
  expect({ 'memory in the SRAT': found }).toEqual({ 'memory in the SRAT': expected });
});

Then(
  'the SRAT has {range} as hot-pluggable memory on domain {int}, and no other',
  async function (this: CxlWorld, { base, size }: Range, domain: number) {
    const memory = (await enabled(this)).filter((s) => s.kind === 'memory' && s.hotPluggable);
    const show = (each: Range & { domain: number }) => `${showRange(each)} on domain ${each.domain}`;
    const found = memory.flatMap((each) => (each.kind === 'memory' ? [show(each)] : []));
    const what = 'hot-pluggable memory in the SRAT';
    expect({ [what]: found }).toEqual({ [what]: [show({ base, size, domain })] });
  },
);

Then('the SRAT has these processors:', async function (this: CxlWorld, table: DataTable) {
  const found = (await enabled(this)).flatMap((s) => (isProcessor(s) ? [{ apicId: s.apicId, domain: s.domain }] : []));
  const expected = table.hashes().map((row) => ({ apicId: Number(row['APIC id']), domain: Number(row.domain) }));
  expect({ processors: found }).toEqual({ processors: expected });
});

Then('the SLIT has these distances:', async function (this: CxlWorld, table: DataTable) {
  const rows = table.hashes().map(({ from, ...to }) => Object.values(to).map(Number));
  const named = (distances: readonly (readonly number[])[]) =>
    Object.fromEntries(distances.map((row, from) => [`distances from domain ${from}`, row]));
  expect(named(decodeSlit(await (await this.host()).acpiTable('SLIT')))).toEqual(named(rows));
});

const enabled = async (world: CxlWorld) =>
  decodeSrat(await (await world.host()).acpiTable('SRAT')).flatMap((s) =>
    s.kind !== 'unknown' && s.enabled ? [s] : [],
  );
