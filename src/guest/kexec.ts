/**
 * Linux as the firmware of another Linux: what it has set up stays so, for `kexec` resets nothing, and the second one
 * gets a memory map and ACPI tables that describe it. Linux drivers/acpi/tables.c: acpi_table_upgrade().
 */
import { join } from 'node:path';
import type { E820Entry } from '../codec/acpi/e820';
import { TableHeader, withChecksum } from '../codec/acpi/table';
import { encodeCpio } from '../codec/cpio';
import { kernelArguments } from './boot';
import { GuestError } from './guest-error';
import { FILES, type GuestImage } from './image';
import type { LinuxHost } from './linux-host';
import { memmap } from './memmap';

/** Where the guest finds the files of its image, on QEMU's user network. */
const ADDRESS = '10.0.2.100';
const FETCHED = { [FILES.kernel]: 1, [FILES.initramfs]: 2 };

/** What reading the image takes under emulation, in ms, and more. */
const LOAD_LIMIT = 120_000;

/** Options of QEMU's user network that give a guest its own kernel and initramfs to start again. QEMU net/slirp.c: slirp_guestfwd(). */
export const imageForGuest = ({ directory }: GuestImage): string[] =>
  Object.entries(FETCHED).map(
    ([file, port]) => `guestfwd=tcp:${ADDRESS}:${port}-cmd:cat '${join(directory, file).replaceAll(',', ',,')}'`,
  );

/** What the second Linux is told. */
export interface Told {
  /** What it gets to know of memory that is configured. */
  readonly memory: readonly E820Entry[];
  /** Tables that replace those of their signatures. */
  readonly tables: readonly Uint8Array[];
}

/** Starts the second Linux, and returns before it runs. @throws GuestError if it cannot be loaded. */
export async function kexec(linux: LinuxHost, { memory, tables }: Told): Promise<void> {
  const files = new Map(tables.map((table) => [pathOf(table), newer(table)]));
  const archive = Buffer.from(encodeCpio(files)).toString('base64').replace(/.{76}/g, '$&\n');
  const append = [...kernelArguments('amd64'), ...memory.map(memmap)].join(' ');
  const script = `cd /tmp
base64 -d >initrd <<'END'
${archive}
END
nc ${ADDRESS} ${FETCHED[FILES.initramfs]} </dev/null >>initrd && nc ${ADDRESS} ${FETCHED[FILES.kernel]} </dev/null >vmlinuz &&
kexec -s -l vmlinuz --initrd=initrd --append='${append}'`;
  const { status, stderr } = await linux.shell.run(script, LOAD_LIMIT);
  if (status !== 0) throw new GuestError(`the guest cannot load a second kernel: ${stderr.trim()}`);
  await linux.shell.run('(sleep 1; kexec -e) >/dev/null 2>&1 &');
}

/** Where the kernel looks for it. */
const pathOf = (table: Uint8Array): string => `kernel/firmware/acpi/${TableHeader.decode(table).signature}.aml`;

/** Linux takes a table in the place of another only if its OEM revision is higher. */
function newer(table: Uint8Array): Uint8Array {
  const header = TableHeader.decode(table);
  const raised = TableHeader.encode({ ...header, oemRevision: header.oemRevision + 1 });
  return withChecksum(Buffer.concat([raised, table.subarray(TableHeader.size)]));
}
