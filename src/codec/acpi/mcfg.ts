/** PCI Firmware Specification 3.3 Section 4.1.2: MCFG Table. */
import type { Range } from '../range';
import { struct, u8, u16, u32, u64 } from '../struct';
import { encodeTable, TableHeader } from './table';

const Reserved = struct('MCFG', { reserved: u64 });
const Allocation = struct('MCFG allocation', { base: u64, segment: u16, firstBus: u8, lastBus: u8, reserved: u32 });

const BUS_SIZE = 0x10_0000n;

/** A whole MCFG, of all buses of segment 0; its checksum is left to firmware. */
export const encodeMcfg = (base: bigint): Uint8Array =>
  encodeTable('MCFG', Buffer.concat([Reserved.encode({}), Allocation.encode({ base, lastBus: 0xff })]));

/** Where ECAM is for the buses of segment 0. @throws DecodeError if the table does not tell. */
export function decodeMcfg(table: Uint8Array): Range {
  const { base, firstBus, lastBus } = Allocation.decode(table, TableHeader.size + Reserved.size);
  return { base, size: BigInt(lastBus - firstBus + 1) * BUS_SIZE };
}
