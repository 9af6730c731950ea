import { locate } from '../../codec/cxl/interleave';
import type { Quirks } from '../../ledger/quirks';
import type { Responder } from '../board/address-space';
import type { Type3Device } from '../type3/type3';
import type { CxlHostBridge } from './host-bridge';

/** The finest granularity, within which all bytes are of one device. */
const GRANULE = 256n;

/**
 * A fixed memory window: it routes each access through the host bridge whose turn it is, and that bridge's decoders,
 * to the device. What no device claims reads as zero, and writes to it are lost. QEMU hw/cxl/cxl-host.c.
 */
export class FixedWindowRouter implements Responder {
  /** What was written where no device is: empty, but for the quirk `unclaimed-writes-kept`. */
  readonly #unclaimed = new Map<bigint, Uint8Array>();

  constructor(
    private readonly base: bigint,
    private readonly targets: readonly CxlHostBridge[],
    private readonly granularity: number,
    private readonly quirks: Quirks,
    private readonly removed: readonly Type3Device[],
  ) {}

  read(offset: bigint, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.#eachGranule(
      offset,
      length,
      (device, dpa, from, to) => bytes.set(device.read(dpa, to - from), from),
      (address, from) => bytes.set(this.#unclaimed.get(address)?.subarray(0, length - from) ?? [], from),
    );
    return bytes;
  }

  write(offset: bigint, bytes: Uint8Array): void {
    if (this.quirks.has('writes-dropped')) return;
    this.#eachGranule(
      offset,
      bytes.length,
      (device, dpa, from, to) => device.write(dpa, bytes.subarray(from, to)),
      (address, from, to) => this.#unclaimed.set(address, Uint8Array.from(bytes.subarray(from, to))),
    );
  }

  #eachGranule(
    offset: bigint,
    length: number,
    visit: (device: Type3Device, dpa: bigint, from: number, to: number) => void,
    visitNone: (address: bigint, from: number, to: number) => void,
  ): void {
    for (let done = 0; done < length; ) {
      const address = this.base + offset + BigInt(done);
      const to = Math.min(length, done + Number(GRANULE - (address % GRANULE)));
      const { device, dpa } = this.#route(address);
      if (device && dpa !== undefined) visit(device, dpa, done, to);
      else if (this.quirks.has('unclaimed-writes-kept')) visitNone(address, done, to);
      done = to;
    }
  }

  /** Which of the window's targets is decided by the whole address, as QEMU does. */
  #route(address: bigint): { device: Type3Device | undefined; dpa: bigint | undefined } {
    const granularity = this.quirks.has('window-granularity-doubled') ? 2 * this.granularity : this.granularity;
    const { way } = locate(address, { ways: this.targets.length, granularity });
    const device = this.targets[way]?.route(address) ?? this.#mappedBefore(address);
    const dpa = device?.dpaOf(address);
    return { device, dpa: dpa !== undefined && this.quirks.has('decode-off-by-one-granule') ? dpa + GRANULE : dpa };
  }

  /** A device that was removed while an address was mapped to it. */
  #mappedBefore(address: bigint): Type3Device | undefined {
    if (!this.quirks.has('stale-direct-mapping')) return undefined;
    return this.removed.find((device) => device.dpaOf(address) !== undefined);
  }
}
