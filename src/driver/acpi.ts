/** What Linux takes from ACPI: tables, CXL devices of the namespace, fixed memory windows. */
import { type Cfmws, type Chbs, decodeCedt } from '../codec/acpi/cedt';
import { decodeFadt } from '../codec/acpi/fadt';
import { listedTable, listTables, type TableList, tableAt } from '../codec/acpi/find-table';
import { decodeHmat, type HmatStructure } from '../codec/acpi/hmat';
import { AcpiNamespace } from '../codec/acpi/namespace';
import { type Distances, decodeSlit } from '../codec/acpi/slit';
import { decodeSrat, type SratStructure } from '../codec/acpi/srat';
import { DecodeError } from '../codec/decode-error';
import type { Hardware, Hpa } from '../machine/hardware';

const WINDOW_ALIGN = 256n << 20n;

export interface HostBridgeDevice {
  readonly uid: number;
  /** Its root bus. */
  readonly bus: number;
  readonly registers: Chbs['registers'];
}

export class Acpi {
  readonly #tables = new Map<string, Promise<Uint8Array>>();
  #list: Promise<TableList> | undefined;
  #namespace: Promise<AcpiNamespace> | undefined;

  constructor(
    private readonly hardware: Hardware,
    private readonly rsdp: Hpa,
  ) {}

  /** @throws DecodeError if there is none with that signature. */
  table(signature: string): Promise<Uint8Array> {
    const table = this.#tables.get(signature) ?? this.#find(signature);
    this.#tables.set(signature, table);
    return table;
  }

  /** Linux drivers/cxl/acpi.c: add_host_bridge_dport(): each ACPI0016 device needs a CHBS. */
  async hostBridges(): Promise<HostBridgeDevice[]> {
    this.#namespace ??= this.table('DSDT').then((dsdt) => new AcpiNamespace(dsdt));
    const namespace = await this.#namespace;
    if (namespace.withId('ACPI0017').length === 0) throw new DecodeError('DSDT', 'has no ACPI0017 device');
    const chbs = decodeCedt(await this.table('CEDT')).filter((s) => s.kind === 'CHBS');
    return namespace.withId('ACPI0016').map((device) => {
      const uid = device.number('_UID');
      const found = chbs.find((s) => s.uid === uid);
      if (!found) throw new DecodeError('CEDT', `No CHBS found for Host Bridge (UID ${uid})`);
      return { uid: found.uid, bus: device.number('_BBN') ?? 0, registers: found.registers };
    });
  }

  /** The windows that pass Linux' checks, drivers/cxl/acpi.c: cxl_acpi_cfmws_verify(). Others are passed over. */
  async windows(): Promise<Cfmws[]> {
    const cfmws = decodeCedt(await this.table('CEDT')).filter((s) => s.kind === 'CFMWS');
    return cfmws.filter(
      ({ window }) => window.base % WINDOW_ALIGN === 0n && window.size % WINDOW_ALIGN === 0n && window.size > 0n,
    );
  }

  /** What the SRAT says; undefined without one. */
  async affinities(): Promise<SratStructure[] | undefined> {
    const srat = await this.#optional('SRAT');
    return srat && decodeSrat(srat);
  }

  /** What the HMAT says; undefined without one. */
  async attributes(): Promise<HmatStructure[] | undefined> {
    const hmat = await this.#optional('HMAT');
    return hmat && decodeHmat(hmat);
  }

  /** What the SLIT says; undefined without one. */
  async distances(): Promise<Distances | undefined> {
    const slit = await this.#optional('SLIT');
    return slit && decodeSlit(slit);
  }

  async #optional(signature: string): Promise<Uint8Array | undefined> {
    return this.table(signature).catch((error: Error) => {
      if (error instanceof DecodeError) return undefined;
      throw error;
    });
  }

  /** The RSDT does not list the DSDT: the FADT leads to it. */
  async #find(signature: string): Promise<Uint8Array> {
    if (signature !== 'DSDT') {
      this.#list ??= listTables(this.#read, this.rsdp);
      return listedTable(this.#read, await this.#list, signature);
    }
    return tableAt(this.#read, decodeFadt(await this.table('FACP')));
  }

  #read = (address: Hpa, length: number) => this.hardware.readBlock(address, length);
}
