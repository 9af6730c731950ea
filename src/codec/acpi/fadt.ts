/** ACPI 6.5 Section 5.2.9: Fixed ACPI Description Table (FADT), as far as it leads to the DSDT. */
import { struct, u32 } from '../struct';
import { encodeTable, TableHeader } from './table';

export const Fadt = struct('FADT', { firmwareControl: u32, dsdt: u32 });

/** Length of the rest of revision 1, which a machine without power management can leave zero. */
const REST = 72;

/** A whole FADT; the address of the DSDT and the checksum are left to firmware. */
export const encodeFadt = (dsdt: number): Uint8Array =>
  encodeTable('FACP', Buffer.concat([Fadt.encode({ dsdt }), new Uint8Array(REST)]));

/** The address of the DSDT. */
export const decodeFadt = (table: Uint8Array): bigint => BigInt(Fadt.decode(table, TableHeader.size).dsdt);
