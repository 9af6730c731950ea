import { swap32 } from '../codec/bytes';
import {
  DMA_PORT,
  DMA_SIGNATURE,
  DmaAccess,
  DmaControl,
  encodeDirectory,
  FILE_DIRECTORY,
  PORT,
  SIGNATURE,
  SIGNATURE_ITEM,
} from '../codec/fw-cfg';
import type { AddressSpace } from './board/address-space';
import type { FirmwareFile } from './tables/firmware-files';

const FIRST_FILE = 0x20;

/** QEMU's fw_cfg device, by I/O ports and by DMA: docs/specs/fw_cfg.rst. */
export class FwCfg {
  readonly #items: ReadonlyMap<number, () => Uint8Array>;
  #addressHigh = 0;
  #selected: Uint8Array = new Uint8Array();
  #at = 0;

  constructor(
    files: Readonly<Record<string, FirmwareFile>>,
    private readonly memory: AddressSpace,
  ) {
    const listed = Object.entries(files).map(([name, file], i) => ({ name, ...file, selector: FIRST_FILE + i }));
    const directory = encodeDirectory(listed.map(({ name, size, selector }) => ({ name, size, selector })));
    this.#items = new Map([
      [SIGNATURE_ITEM, () => Buffer.from(SIGNATURE, 'latin1')],
      [FILE_DIRECTORY, () => directory],
      ...listed.map(({ selector, read }) => [selector, read] as const),
    ]);
  }

  /** The next byte of the selected item. */
  in8(port: number): number {
    if (port !== PORT.data) return 0xff;
    return this.#selected[this.#at++] ?? 0;
  }

  /** Selects an item. */
  out16(port: number, value: number): void {
    if (port !== PORT.selector) return;
    this.#selected = this.#items.get(value)?.() ?? new Uint8Array();
    this.#at = 0;
  }

  /** All ones for a port that is not the device's. */
  in32(port: number): number {
    if (port === DMA_PORT.high) return DMA_SIGNATURE.high;
    return port === DMA_PORT.low ? DMA_SIGNATURE.low : 0xffff_ffff;
  }

  out32(port: number, value: number): void {
    if (port === DMA_PORT.high) this.#addressHigh = swap32(value);
    if (port === DMA_PORT.low) this.#transfer((BigInt(this.#addressHigh) << 32n) | BigInt(swap32(value)));
  }

  /** Serves the request at `address`, then marks it as served. Past the end of an item there are zeros. */
  #transfer(address: bigint): void {
    const request = DmaAccess.decode(this.memory.read(address, DmaAccess.size));
    const { select, selector, read } = DmaControl.decode(request.control);
    if (select) this.out16(PORT.selector, selector);
    if (read) {
      const answer = new Uint8Array(request.length);
      answer.set(this.#selected.subarray(this.#at, this.#at + request.length));
      this.#at += request.length;
      this.memory.write(request.address, answer);
    }
    this.memory.write(address, DmaAccess.encode({ ...request, control: DmaControl.encode({ error: !read }) }));
  }
}
