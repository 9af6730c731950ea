import { Capability, EXTENDED_CAPABILITIES, ExtendedCapability } from '../codec/pci/capability';
import {
  BAR_64_BIT,
  Bar,
  ClassRevision,
  CONFIG,
  Command,
  HeaderType,
  Identity,
  LAYOUT,
  NO_FUNCTION,
} from '../codec/pci/configuration';
import type { Responder } from './address-space';

const SIZE = 4096;
/** Of an extended capability. */
const HEADER_SIZE = 4;
const LOW_HALF = 0xffff_ffffn;

/** A base above the limit. */
const CLOSED_WINDOW = 0x0000_fff0;

/** What a BAR leads to. */
export interface BarDefinition {
  readonly index: number;
  readonly size: bigint;
  readonly is64: boolean;
  readonly prefetchable?: boolean;
  readonly responder: Responder;
}

interface FunctionIdentity {
  readonly vendorId: number;
  readonly deviceId: number;
  readonly classCode: number;
  readonly revision?: number;
}

/** One function's configuration space: PCI Express Base 6.0 Section 7.5.1, as far as enumeration goes. */
export class ConfigSpace {
  readonly #bytes = Buffer.alloc(SIZE);
  readonly #writable = Buffer.alloc(SIZE);
  readonly #clearable = Buffer.alloc(SIZE);
  readonly #initial = Buffer.alloc(SIZE);
  readonly #reactions = new Map<number, () => void>();
  #lastCapability: number = CONFIG.capabilities;
  #lastExtended = 0;
  #delegate: { readonly at: number; readonly size: number; readonly responder: Responder } | undefined;
  /** Called when something was written. */
  onChange = () => {};

  constructor(
    { vendorId, deviceId, classCode, revision = 0 }: FunctionIdentity,
    readonly layout: number,
    readonly bars: readonly BarDefinition[] = [],
  ) {
    this.define(CONFIG.identity, Identity.encode({ vendorId, deviceId }));
    this.define(CONFIG.command, 0, Command.writable);
    this.define(CONFIG.classRevision, ClassRevision.encode({ classCode, revision }));
    this.define(CONFIG.headerType, HeaderType.encode({ layout }));
    for (const bar of bars) this.#defineBar(bar);
    if (layout === LAYOUT.bridge) this.#defineBridge();
  }

  /** A register of 32 bits, with the bits that software can change, and those that it clears by writing ones. */
  define(offset: number, value: number, writable = 0, clearable = 0): void {
    this.#bytes.writeUInt32LE(value >>> 0, offset);
    this.#initial.writeUInt32LE(value >>> 0, offset);
    this.#writable.writeUInt32LE(writable >>> 0, offset);
    this.#clearable.writeUInt32LE(clearable >>> 0, offset);
  }

  /** Changes a register from the inside, whatever software can change of it. */
  set32(offset: number, value: number): void {
    this.#bytes.writeUInt32LE(value >>> 0, offset);
  }

  /** Has `react` called whenever software has written to the register at `offset`. */
  onWrite(offset: number, react: () => void): void {
    this.#reactions.set(offset, react);
  }

  /** Puts a capability at `offset`, behind those that there are; `header` is what follows id and pointer. */
  addCapability(id: number, offset: number, { header = 0 } = {}): void {
    const pointer = this.#lastCapability === CONFIG.capabilities ? CONFIG.capabilities : this.#lastCapability + 1;
    for (const bytes of [this.#bytes, this.#initial]) bytes.writeUInt8(offset, pointer);
    this.define(offset, Capability.encode({ id }, header));
    this.define(CONFIG.command, Command.encode({ capabilitiesList: true }), Command.writable);
    this.#lastCapability = offset;
  }

  /** Puts an extended capability behind those that there are. Yields its offset. */
  addExtended(id: number, version: number, offset: number): number {
    if (this.#lastExtended > 0) {
      const last = ExtendedCapability.encode({ next: offset }, this.#bytes.readUInt32LE(this.#lastExtended));
      this.define(this.#lastExtended, last);
    } else if (offset !== EXTENDED_CAPABILITIES) throw new RangeError('the first extended capability is elsewhere');
    this.define(offset, ExtendedCapability.encode({ id, version }));
    this.#lastExtended = offset;
    return offset;
  }

  /** Lets `responder` answer for the `size` bytes behind the header of the extended capability at `at`. */
  delegate(at: number, size: number, responder: Responder): void {
    this.#delegate = { at, size, responder };
  }

  read(offset: number, length: number): Uint8Array {
    const delegate = this.#delegateAt(offset);
    if (delegate) return delegate.responder.read(BigInt(offset - delegate.at), length);
    return this.#bytes.subarray(offset, offset + length);
  }

  write(offset: number, bytes: Uint8Array): void {
    const delegate = this.#delegateAt(offset);
    if (delegate) {
      delegate.responder.write(BigInt(offset - delegate.at), bytes);
      return;
    }
    for (const [i, byte] of bytes.entries()) {
      const at = offset + i;
      const mask = this.#writable[at] ?? 0;
      const cleared = (this.#clearable[at] ?? 0) & byte;
      this.#bytes[at] = ((this.#bytes[at] ?? 0) & ~mask & ~cleared) | (byte & mask);
    }
    for (const [at, react] of this.#reactions) if (at < offset + bytes.length && offset < at + 4) react();
    this.onChange();
  }

  read32 = (offset: number): number => this.#bytes.readUInt32LE(offset);

  /** Where BAR `bar` lies, if software has switched memory decoding on. */
  addressOf({ index, is64 }: BarDefinition): bigint | undefined {
    if (!Command.decode(this.read32(CONFIG.command)).memorySpace) return undefined;
    const low = BigInt(this.read32(CONFIG.bar0 + 4 * index)) & 0xffff_fff0n;
    const high = is64 ? BigInt(this.read32(CONFIG.bar0 + 4 * index + 4)) : 0n;
    return (high << 32n) | low;
  }

  /** Everything that software can change is as it was at first, but for the registers at `kept`. */
  reset(...kept: number[]): void {
    const values = kept.map(this.read32);
    this.#initial.copy(this.#bytes);
    for (const [i, offset] of kept.entries()) this.#bytes.writeUInt32LE(values[i] ?? 0, offset);
    this.onChange();
  }

  #delegateAt(offset: number) {
    const found = this.#delegate;
    return found && offset >= found.at + HEADER_SIZE && offset < found.at + found.size ? found : undefined;
  }

  /** The bits below the size are wired to zero, which is how software learns it. */
  #defineBar({ index, size, is64, prefetchable = false }: BarDefinition): void {
    const mask = BigInt.asUintN(64, -size);
    const at = CONFIG.bar0 + 4 * index;
    this.define(at, Bar.encode({ type: is64 ? BAR_64_BIT : 0, prefetchable }), Number(mask & LOW_HALF & ~0xfn));
    if (is64) this.define(at + 4, 0, Number(mask >> 32n));
  }

  #defineBridge(): void {
    this.define(CONFIG.busNumbers, 0, 0x00ff_ffff);
    this.define(CONFIG.memoryWindow, CLOSED_WINDOW, 0xfff0_fff0);
    this.define(CONFIG.prefetchableWindow, 0x0001_0001 | CLOSED_WINDOW, 0xfff0_fff0);
    this.define(CONFIG.prefetchableBaseHigh, 0, NO_FUNCTION);
    this.define(CONFIG.prefetchableLimitHigh, 0, NO_FUNCTION);
  }
}
