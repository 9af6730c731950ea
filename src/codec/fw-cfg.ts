/** QEMU docs/specs/fw_cfg.rst: the firmware configuration device, by I/O ports and by DMA. */
import { RW, register32 } from './register';
import { be16, be32, be64, struct, text } from './struct';

/** I/O ports by which items are selected, and read byte by byte. */
export const PORT = { selector: 0x510, data: 0x511 } as const;

/** The item that says what the device is. */
export const SIGNATURE_ITEM = 0;
export const SIGNATURE = 'QEMU';

/** I/O ports of the DMA address. It is big-endian, and writing the low half starts the transfer. */
export const DMA_PORT = { high: 0x514, low: 0x518 } as const;

/** Where the DMA address is, where the device is memory. */
export const DMA_OFFSET = 0x10;

/** `QEMU CFG`, which the DMA ports read as where the interface is offered. */
export const DMA_SIGNATURE = { high: 0x554d_4551, low: 0x4746_4320 } as const;

/** What the DMA address points at. */
export const DmaAccess = struct('fw_cfg DMA access', { control: be32, length: be32, address: be64 });

/** The control field of {@link DmaAccess}: a request when written; zero, or `error`, once it was served. */
export const DmaControl = register32({ error: RW(0), read: RW(1), select: RW(3), selector: RW(31, 16) });

/** Selector of the item that lists the files. */
export const FILE_DIRECTORY = 0x19;

export interface FwCfgFile {
  readonly name: string;
  readonly selector: number;
  /** Bytes. */
  readonly size: number;
}

const Header = struct('fw_cfg directory', { count: be32 });
const Entry = struct('fw_cfg directory entry', { size: be32, selector: be16, reserved: be16, name: text(56) });

/** Bytes that suffice for any directory; reading past its end gives zeros. */
export const DIRECTORY_LIMIT = Header.size + 128 * Entry.size;

export function encodeDirectory(files: readonly FwCfgFile[]): Uint8Array {
  return Buffer.concat([Header.encode({ count: files.length }), ...files.map((file) => Entry.encode(file))]);
}

export function decodeDirectory(item: Uint8Array): FwCfgFile[] {
  const { count } = Header.decode(item);
  return Array.from({ length: count }, (_, i) => Entry.decode(item, Header.size + i * Entry.size));
}
