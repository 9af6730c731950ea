import { decodeCedt } from '../codec/acpi/cedt';
import { decodeHmat } from '../codec/acpi/hmat';
import { decodeSlit } from '../codec/acpi/slit';
import { decodeSrat } from '../codec/acpi/srat';
import { DecodeError } from '../codec/decode-error';
import type { Host } from '../machine/host';
import type { HandedOver } from './handed-over';

/** What the operating system of `host` has found when it started, its memory map by that name. @throws DecodeError for a table that is malformed. */
export async function handedOver(host: Host, mapName?: string): Promise<HandedOver> {
  const table = async <T>(signature: string, decode: (table: Uint8Array) => T): Promise<T | undefined> => {
    const found = await host.acpiTable(signature).catch(unlessMissing);
    return found && decode(found);
  };
  return {
    memoryMap: await host.memoryMap(),
    mapName,
    cedt: (await table('CEDT', decodeCedt)) ?? [],
    cedtTable: await table('CEDT', (bytes) => bytes),
    srat: await table('SRAT', decodeSrat),
    slit: await table('SLIT', decodeSlit),
    hmat: await table('HMAT', decodeHmat),
    decoders: await host.firmwareDecoders(),
  };
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof DecodeError)) throw error;
}
