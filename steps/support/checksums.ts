/** Checksums of tables. */
import { expect } from 'expect';
import { sum } from '../../src/codec/acpi/table';
import { DecodeError } from '../../src/codec/decode-error';
import { TABLES } from './any-machine';
import type { CxlWorld } from './world';

/** Tables by name. */
export type TablesOf = (world: CxlWorld) => Promise<Readonly<Record<string, Uint8Array>>>;

/** `each ACPI table`, `the CEDT`, `the CDAT of dev`. */
export function tablesNamed(text: string): TablesOf {
  const [, device] = /^the CDAT of (.+)$/.exec(text) ?? [];
  if (device) return async (world) => ({ [text]: await world.cdat(device) });
  const [, signature] = /^the (\w+)$/.exec(text) ?? [];
  if (signature) return async (world) => ({ [signature]: await (await world.host()).acpiTable(signature) });
  return allTables;
}

/** Those that there are, of which the FADT is always one. */
async function allTables(world: CxlWorld) {
  const host = await world.host();
  const found: Record<string, Uint8Array> = {};
  for (const signature of TABLES) {
    const table = await host.acpiTable(signature).catch((error: Error) => {
      if (error instanceof DecodeError) return undefined;
      throw error;
    });
    if (table) found[signature] = table;
  }
  expect(Object.keys(found)).toContain('FACP');
  return found;
}

export function expectSums(tables: Readonly<Record<string, Uint8Array>>): void {
  const names = Object.keys(tables);
  const sums = Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, sum(table)]));
  expect(sums).toEqual(Object.fromEntries(names.map((name) => [name, 0])));
}
