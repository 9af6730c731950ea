/** CXL r3.1 Section 8.1.11.1: DOE CDAT Request and Response: a table is read entry by entry, each answer naming the next. */
import type { DoeProtocol } from '../pci/doe';
import { RO, register32 } from '../register';
import { CXL_VENDOR } from './dvsec';

export const TABLE_ACCESS: DoeProtocol = { vendorId: CXL_VENDOR, type: 2 };

/** Codes and table type are 0: to read, that a read was done, and CDAT. */
export const TableRequest = register32({ code: RO(7, 0), table: RO(15, 8), handle: RO(31, 16) });
export const TableResponse = register32({ code: RO(7, 0), table: RO(15, 8), next: RO(31, 16) });

/** The handle of the entry that is there first: the table's header. */
export const FIRST_ENTRY = 0;
/** The next handle of the last entry. */
export const NO_MORE_ENTRIES = 0xffff;
