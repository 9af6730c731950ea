/** What tables, QMP and the operating system have of the machine, as a whole. */
import { type DataTable, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { expectSums, type TablesOf } from './support/checksums';
import { closestGolden, comparable } from './support/golden';
import { listNamed } from './support/listed';
import type { CxlWorld } from './support/world';

/**
 * All of them, and no other: in the table's order, by ascending UID or domain where QEMU has no order. Of the columns that are given.
 * Memory affinities are enabled ones; entries `in the windows` are counted from a window's base, and adjacent ones of E820 joined.
 */
Then(
  '{source} has/lists these {entries}:',
  async function (this: CxlWorld, source: string, entries: string, table: DataTable) {
    const list = listNamed(source, entries);
    const rows = table.hashes();
    const expected = (await Promise.all(rows.map((row) => list.expected(this, row)))).flat();
    const what = `${entries} of ${source}`;
    expect({ [what]: await list.found(this, rows) }).toEqual({ [what]: expected });
  },
);

/** As the operating system has read them: each table that QEMU has on some machine, one of them, or a device's CDAT. */
Then('the bytes of {tables} sum to zero', async function (this: CxlWorld, tablesOf: TablesOf) {
  expectSums(await tablesOf(this));
});

/** Whole and with its checksum, one of those that QEMU's own test has: `src/codec/acpi/golden`. */
Then('the {word} equals {ids} byte for byte', async function (this: CxlWorld, signature: string, names: string[]) {
  const table = await (await this.host()).acpiTable(signature);
  const golden = closestGolden(table, names);
  if (Buffer.compare(table, golden) === 0) return;
  const { found, expected } = comparable(table, golden);
  expect({ [signature]: found }).toEqual({ [signature]: expected });
});
