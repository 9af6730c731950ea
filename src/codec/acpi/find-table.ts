/** ACPI 6.5 Section 5.2.1: from the Root System Description Pointer to a table. */
import { DecodeError } from '../decode-error';
import { behindFadt } from './fadt';
import { findRootTable, listedTables } from './root-table';
import { TableHeader } from './table';

type Read = (address: bigint, length: number) => Promise<Uint8Array>;

/** What the root table lists: where a table is, and its length, by its signature. Of several alike the first counts. */
export interface TableList {
  /** Signature of the root table. */
  readonly root: string;
  readonly tables: ReadonlyMap<string, { readonly address: bigint; readonly length: number }>;
}

export async function listTables(read: Read, rsdp: bigint): Promise<TableList> {
  const root = await rootTable(read, rsdp);
  const addresses = listedTables(root);
  const headers = await Promise.all(addresses.map((address) => read(address, TableHeader.size)));
  const tables = headers.map((header, i) => {
    const { signature, length } = TableHeader.decode(header);
    return [signature, { address: addresses[i] as bigint, length }] as const;
  });
  return { root: TableHeader.decode(root).signature, tables: new Map(tables.reverse()) };
}

/** The table of that signature, whole. @throws DecodeError if the root table lists none. */
export async function findTable(read: Read, rsdp: bigint, signature: string): Promise<Uint8Array> {
  return listedTable(read, await listTables(read, rsdp), signature);
}

/** The same of a list that is known. */
export async function listedTable(read: Read, { root, tables }: TableList, signature: string): Promise<Uint8Array> {
  const found = tables.get(signature);
  if (!found) throw new DecodeError(root, `lists no ${signature}`);
  return read(found.address, found.length);
}

/** The table at `address`, whole. */
export async function tableAt(read: Read, address: bigint): Promise<Uint8Array> {
  const { length } = TableHeader.decode(await read(address, TableHeader.size));
  return read(address, length);
}

/** All tables, whole: the RSDT or XSDT and what it lists, in its order, with what the FADT points to. */
export async function allTables(read: Read, rsdp: bigint): Promise<Uint8Array[]> {
  const root = await rootTable(read, rsdp);
  const found = [root];
  for (const address of listedTables(root)) {
    const table = await tableAt(read, address);
    found.push(table);
    if (TableHeader.decode(table).signature === 'FACP') found.push(...(await tablesBehind(read, table)));
  }
  return found;
}

async function rootTable(read: Read, rsdp: bigint): Promise<Uint8Array> {
  return tableAt(read, (await findRootTable(read, rsdp)).address);
}

/** Of the FACS signature and length alone are as in other tables. */
async function tablesBehind(read: Read, fadt: Uint8Array): Promise<Uint8Array[]> {
  const [facs, dsdt] = behindFadt(fadt);
  return Promise.all([dsdt, facs].filter((address) => address !== 0n).map((address) => tableAt(read, address)));
}
