import {
  DmaAccess,
  DmaControl,
  encodeDirectory,
  FILE_DIRECTORY,
  SIGNATURE,
  SIGNATURE_ITEM,
} from '../../../codec/fw-cfg';
import type { AddressSpace } from '../../board/address-space';
import type { FirmwareFiles } from './firmware-files';

const FIRST_FILE = 0x20;

/** QEMU's fw_cfg device, wherever its registers are: docs/specs/fw_cfg.rst. */
export class FwCfg {
  readonly #items: ReadonlyMap<number, () => Uint8Array>;
  #addressHigh = 0;
  #selected: Uint8Array = new Uint8Array();
  #at = 0;

  constructor(
    files: FirmwareFiles,
    private readonly memory: AddressSpace,
  ) {
    const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
    const listed = sorted.map(([name, file], i) => ({ name, ...file, selector: FIRST_FILE + i }));
    const directory = encodeDirectory(listed.map(({ name, size, selector }) => ({ name, size, selector })));
    this.#items = new Map([
      [SIGNATURE_ITEM, () => Buffer.from(SIGNATURE, 'latin1')],
      [FILE_DIRECTORY, () => directory],
      ...listed.map(({ selector, read }) => [selector, read] as const),
    ]);
  }

  /** The next byte of the selected item. */
  readByte(): number {
    return this.#selected[this.#at++] ?? 0;
  }

  select(item: number): void {
    this.#selected = this.#items.get(item)?.() ?? new Uint8Array();
    this.#at = 0;
  }

  /** The half of the DMA address that is written first. */
  writeHigh(value: number): void {
    this.#addressHigh = value;
  }

  /** The other half, which starts a transfer. */
  writeLow(value: number): void {
    this.#transfer((BigInt(this.#addressHigh) << 32n) | BigInt(value));
  }

  /** Serves the request at `address`, then marks it as served. Past the end of an item there are zeros. */
  #transfer(address: bigint): void {
    const request = DmaAccess.decode(this.memory.read(address, DmaAccess.size));
    const { select, selector, read } = DmaControl.decode(request.control);
    if (select) this.select(selector);
    if (read) {
      const answer = new Uint8Array(request.length);
      answer.set(this.#selected.subarray(this.#at, this.#at + request.length));
      this.#at += request.length;
      this.memory.write(request.address, answer);
    }
    this.memory.write(address, DmaAccess.encode({ ...request, control: DmaControl.encode({ error: !read }) }));
  }
}
