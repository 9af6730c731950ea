/** ACPI 6.5 Section 5.2.9: Fixed ACPI Description Table (FADT), as far as it leads to the DSDT. */
import { struct, u32, u64 } from '../struct';
import { encodeTable, TableHeader } from './table';

export const Fadt = struct('FADT', { firmwareControl: u32, dsdt: u32 });

/** Length of the rest of revision 1, which a machine without power management can leave zero. */
const REST = 72;

/** A whole FADT; the address of the DSDT and the checksum are left to firmware. */
export const encodeFadt = (dsdt: number): Uint8Array =>
  encodeTable('FACP', Buffer.concat([Fadt.encode({ dsdt }), new Uint8Array(REST)]));

/** Where revision 3 and later have the same addresses with 64 bits. */
export const X_FADT_AT = 132;
export const XFadt = struct('FADT', { firmwareControl: u64, dsdt: u64 });

/** Length of revision 6. */
const X_LENGTH = 276;

/** A whole FADT of revision 6, which has no 32-bit addresses; the address of the DSDT and the checksum are left to firmware. */
export const encodeXFadt = (): Uint8Array => encodeTable('FACP', new Uint8Array(X_LENGTH - TableHeader.size), 6);

/** The address of the DSDT. */
export function decodeFadt(table: Uint8Array): bigint {
  const [, dsdt] = behindFadt(table);
  return dsdt;
}

/** The addresses of FACS and DSDT; 0 for none. The wider ones are used where there are both. */
export function behindFadt(table: Uint8Array): [facs: bigint, dsdt: bigint] {
  const narrow = Fadt.decode(table, TableHeader.size);
  const wide =
    table.length >= X_FADT_AT + XFadt.size ? XFadt.decode(table, X_FADT_AT) : { firmwareControl: 0n, dsdt: 0n };
  return [wide.firmwareControl || BigInt(narrow.firmwareControl), wide.dsdt || BigInt(narrow.dsdt)];
}
