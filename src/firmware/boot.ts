import { decodeCedt } from '../codec/acpi/cedt';
import { E820_TYPE, type E820Entry } from '../codec/acpi/e820';
import { findTable } from '../codec/acpi/find-table';
import { fromBytes } from '../codec/bytes';
import { DecodeError } from '../codec/decode-error';
import { end, type Range } from '../codec/range';
import type { Quirks } from '../ledger/quirks';
import type { Hardware, Hpa } from '../machine/hardware';
import type { Handover } from '../machine/host';
import type { Setup } from '../machine/topology';
import { configureCxl } from './configure-cxl';
import type { FwCfg } from './fw-cfg';
import { enumeratePci } from './pci';
import { placeMemoryDevicesInWindow } from './planted';
import { findBoard } from './platform/find-board';
import { type Allocator, loadTables } from './table-loader';

/**
 * What a BIOS does before it starts an operating system: it leaves CXL memory to that, or goes by a policy of its own.
 * ACPI tables come after PCI, for QEMU makes them when they are first read, and they describe ECAM.
 */
export async function boot(
  hardware: Hardware,
  { reservations, policy }: Pick<Setup, 'reservations' | 'policy'>,
  quirks: Quirks,
): Promise<Handover> {
  const board = await findBoard(hardware);
  const { fwCfg, memoryMap } = board;
  const roots = await enumeratePci(hardware, {
    ecam: await board.openConfiguration(),
    extraRoots: Number(await integer(fwCfg, 'etc/extra-pci-roots')),
    roomForHotPlug: !quirks.has('hot-plug-ports-get-no-room'),
    low: board.low,
    above: board.above,
  });
  const allocate = downFromEnd(board.tables);
  const files = await loadTables(hardware, fwCfg, allocate);
  const rsdp = files.get('etc/acpi/rsdp');
  if (rsdp === undefined) throw new Error('etc/table-loader does not allocate etc/acpi/rsdp');

  const windows = await windowsOf(hardware, rsdp);
  if (quirks.has('bars-in-window')) await placeMemoryDevicesInWindow(roots, windows);
  const reserved = reservations.map(({ window, part }): E820Entry => {
    const base = windows[window]?.base;
    if (base === undefined)
      throw new RangeError(`firmware cannot reserve part of window ${window}: there are ${windows.length}`);
    return { base: base + part.base, size: part.size, type: E820_TYPE.RESERVED };
  });
  const handover = { memoryMap: [...memoryMap, ...reserved], rsdp };
  return policy ? configureCxl(hardware, handover, policy, { ...board, allocate }, quirks) : handover;
}

/** None of a machine that has no CEDT. */
async function windowsOf(hardware: Hardware, rsdp: Hpa): Promise<Range[]> {
  const cedt = await findTable(hardware.readBlock.bind(hardware), rsdp, 'CEDT').catch((error: Error) => {
    if (!(error instanceof DecodeError)) throw error;
  });
  return cedt ? decodeCedt(cedt).flatMap((structure) => (structure.kind === 'CFMWS' ? [structure.window] : [])) : [];
}

/** The integer that a file holds; 0 if there is no such file. */
const integer = async (fwCfg: FwCfg, name: string): Promise<bigint> =>
  fwCfg.has(name) ? fromBytes(await fwCfg.read(name)) : 0n;

/** Allocates downwards from the end of low RAM, which is where SeaBIOS keeps its tables. */
function downFromEnd(ram: Range): Allocator {
  let free = end(ram);
  return (size, align) => {
    free = ((free - BigInt(size)) / BigInt(align)) * BigInt(align);
    return free;
  };
}
