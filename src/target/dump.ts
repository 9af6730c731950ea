/** What firmware handed over to some machine, from files: the memory map, ACPI tables, and what `cxl list -D` printed. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeCedt } from '../codec/acpi/cedt';
import { decodeE820 } from '../codec/acpi/e820';
import { decodeHmat } from '../codec/acpi/hmat';
import { decodeSlit } from '../codec/acpi/slit';
import { decodeSrat } from '../codec/acpi/srat';
import { TableHeader } from '../codec/acpi/table';
import { DecodeError } from '../codec/decode-error';
import { parseDecoders } from '../guest/cxl-list';
import { judgeCedt } from '../judge/cedt';
import type { FindingKind } from '../judge/finding';
import type { HandedOver } from '../judge/handed-over';
import { DEFAULT_PLATFORM, PLATFORM_NAMES, PLATFORMS } from '../ledger/platforms';

/** After these, structures cannot be told apart or decoded. */
const UNREADABLE: readonly FindingKind[] = ['cedt-length', 'cedt-header', 'cfmws-interleave'];

type Decode<T> = (bytes: Buffer) => T;

/**
 * Without a CEDT there is nothing to judge; other tables a machine may lack, and firmware need not have committed a decoder.
 * @throws RangeError for a file that is not there, DecodeError for one that is malformed.
 */
export async function readDump(directory: string): Promise<HandedOver> {
  const optional = async <T>(name: string, decode: Decode<T>): Promise<T | undefined> =>
    existsSync(join(directory, name)) ? decoded(name, await readFile(join(directory, name)), decode) : undefined;
  const required = async <T>(name: string, decode: Decode<T>): Promise<T> => {
    const found = await optional(name, decode);
    if (found === undefined) throw new RangeError(`the dump ${directory} has no ${name}`);
    return found;
  };
  const maps = PLATFORM_NAMES.map((name) => PLATFORMS[name].map);
  const map = maps.find(({ file }) => existsSync(join(directory, file))) ?? PLATFORMS[DEFAULT_PLATFORM].map;
  return {
    memoryMap: await required(map.file, decodeE820),
    mapName: map.name,
    ...(await required('CEDT.aml', readCedt)),
    srat: await optional('SRAT.aml', table('SRAT', decodeSrat)),
    slit: await optional('SLIT.aml', table('SLIT', decodeSlit)),
    hmat: await optional('HMAT.aml', table('HMAT', decodeHmat)),
    decoders: (await optional('decoders.json', (json) => parseDecoders(`${json}`))) ?? [],
  };
}

function decoded<T>(name: string, bytes: Buffer, decode: Decode<T>): T {
  try {
    return decode(bytes);
  } catch (error) {
    throw new DecodeError(name, (error as Error).message);
  }
}

/** A CEDT that cannot be read to its end has no structure that counts: what is wrong with it is for the judge to say. */
function readCedt(cedtTable: Buffer): Pick<HandedOver, 'cedt' | 'cedtTable'> {
  const { signature } = TableHeader.decode(cedtTable);
  if (signature !== 'CEDT') throw new DecodeError('the table', `is a ${signature}`);
  if (judgeCedt(cedtTable).some(({ kind }) => UNREADABLE.includes(kind))) return { cedt: [], cedtTable };
  return { cedt: decodeCedt(cedtTable), cedtTable };
}

/** Decodes what is a table with that signature, and all of it. */
const table =
  <T>(signature: string, decode: Decode<T>): Decode<T> =>
  (bytes) => {
    const header = TableHeader.decode(bytes);
    if (header.signature !== signature) throw new DecodeError('the table', `is a ${header.signature}`);
    if (header.length !== bytes.length)
      throw new DecodeError('the table', `has ${bytes.length} of its ${header.length} bytes`);
    return decode(bytes);
  };
