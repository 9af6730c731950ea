import { Capability, EXTENDED_CAPABILITIES, ExtendedCapability } from '../../codec/pci/capability';
import { Bar, CONFIG, Command } from '../../codec/pci/configuration';
import type { Mapping, Responder } from '../board/address-space';
import { type BarDefinition, defineHeader, type FunctionIdentity } from './config-header';
import type { CapabilityLayout, ExtendedLayout, Register } from './layout';

const SIZE = 4096;
const ALL_ONES = 0xffff_ffff;
/** Of an extended capability. */
const HEADER_SIZE = 4;

/** Where capabilities may be, behind the header. */
const BEHIND_HEADER = 0x40;

/** Called with what software has written to a register: zeros for the bytes that it has not. */
type Reaction = (written: number) => void;

interface ConfigOptions {
  /** Asked when something is written that no capability has: whether it keeps that. */
  readonly scratch?: () => boolean;
  /** Whether it is a conventional PCI function's, of 256 bytes: the rest reads as ones. */
  readonly conventional?: boolean;
}

/** One function's configuration space: PCI Express Base 6.0 Section 7.5.1. */
export class ConfigSpace {
  readonly #bytes: Buffer;
  /** The same, of a kind that is read in parts much faster. */
  readonly #view: Uint8Array;
  readonly #writable: Buffer;
  readonly #clearable: Buffer;
  readonly #initial: Buffer;
  readonly #frozen: Buffer;
  readonly #unclaimed: Buffer;
  readonly #scratch: () => boolean;
  readonly #reactions = new Map<number, { readonly react: Reaction; readonly length: number }>();
  #look: { readonly at: number; readonly react: () => void } | undefined;
  readonly layout: number;
  readonly #size: number;
  #lastExtended: number | undefined;
  #delegate: { readonly at: number; readonly size: number; readonly responder: Responder } | undefined;
  /** Called when what {@link mappings} are may have changed. */
  onChange = () => {};

  constructor(
    identity: FunctionIdentity,
    layout: number,
    readonly bars: readonly BarDefinition[] = [],
    { scratch = () => false, conventional = false }: ConfigOptions = {},
  ) {
    this.#size = conventional ? EXTENDED_CAPABILITIES : SIZE;
    const room = new ArrayBuffer(6 * this.#size); // much faster than six
    const part = (n: number) => Buffer.from(room, n * this.#size, this.#size);
    [this.#bytes, this.#writable, this.#clearable] = [part(0), part(1), part(2)];
    this.#view = new Uint8Array(room, 0, this.#size);
    [this.#initial, this.#frozen, this.#unclaimed] = [part(3), part(4), part(5)];
    this.layout = layout;
    this.#scratch = scratch;
    this.#unclaimed.fill(0xff, BEHIND_HEADER, this.#size);
    this.#defineAll(0, defineHeader(identity, layout, bars));
  }

  /** A register of 32 bits, with the bits that software can change, and those that it clears by writing ones. */
  define(offset: number, value = 0, writable = 0, clearable = 0): void {
    this.#bytes.writeUInt32LE(value >>> 0, offset);
    this.#initial.writeUInt32LE(value >>> 0, offset);
    this.#writable.writeUInt32LE(writable >>> 0, offset);
    this.#clearable.writeUInt32LE(clearable >>> 0, offset);
    this.#claim(offset, 4);
  }

  /** Changes a register from the inside, whatever software can change of it. */
  set32(offset: number, value: number): void {
    this.#bytes.writeUInt32LE(value >>> 0, offset);
  }

  /** Makes bits of a register read-only until the next reset. */
  freeze(offset: number, bits: number): void {
    this.#frozen.writeUInt32LE(bits >>> 0, offset);
  }

  /** Has `react` called whenever software has written to the first `length` bytes of the register at `offset`. */
  onWrite(offset: number, react: Reaction, length = 4): void {
    this.#reactions.set(offset, { react, length });
  }

  /** Has `react` called whenever software is about to read the byte at `at`. */
  onRead(at: number, react: () => void): void {
    this.#look = { at, react };
  }

  /** Puts a capability before those that there are, as QEMU does. */
  addCapability({ id, at, size, header = 0, writable = 0, registers = [] }: CapabilityLayout): void {
    const next = this.read32(CONFIG.capabilities);
    this.#claim(at, size);
    this.define(at, Capability.encode({ id, next }, header), writable);
    this.#defineAll(at, registers);
    this.define(CONFIG.capabilities, at);
    const command = Command.encode({ capabilitiesList: true }, this.read32(CONFIG.command));
    const [writable32, clearable32] = [this.#writable, this.#clearable].map((mask) =>
      mask.readUInt32LE(CONFIG.command),
    );
    this.define(CONFIG.command, command, writable32, clearable32);
  }

  /** Puts an extended capability behind those that there are. */
  addExtended({ id, version, at, size, registers = [] }: ExtendedLayout): void {
    if (this.#lastExtended === undefined && at !== EXTENDED_CAPABILITIES) {
      throw new RangeError('the first extended capability is elsewhere');
    }
    if (this.#lastExtended !== undefined) {
      this.define(this.#lastExtended, ExtendedCapability.encode({ next: at }, this.read32(this.#lastExtended)));
    }
    this.#claim(at, size);
    this.define(at, ExtendedCapability.encode({ id, version }));
    this.#defineAll(at, registers);
    this.#lastExtended = at;
  }

  /** Lets `responder` answer for the `size` bytes behind the header of the extended capability at `at`. */
  delegate(at: number, size: number, responder: Responder): void {
    this.#delegate = { at, size, responder };
  }

  /** At most 4 bytes, at a multiple of their number. */
  read(offset: number, length: number): Uint8Array {
    if (offset >= this.#size) return new Uint8Array(length).fill(0xff);
    const delegate = this.#delegateAt(offset);
    if (delegate) return delegate.responder.read(BigInt(offset - delegate.at), length);
    if (this.#look && this.#look.at >= offset && this.#look.at < offset + length) this.#look.react();
    return this.#view.subarray(offset, offset + length);
  }

  /** At most 4 bytes, at a multiple of their number. */
  write(offset: number, bytes: Uint8Array): void {
    if (offset >= this.#size) return;
    const delegate = this.#delegateAt(offset);
    if (delegate) {
      delegate.responder.write(BigInt(offset - delegate.at), bytes);
      return;
    }
    const mapped = this.#decodesMemory;
    for (let i = 0; i < bytes.length; i++) {
      const [at, byte] = [offset + i, bytes[i] ?? 0];
      const mask = this.#changeable(at);
      const cleared = (this.#clearable[at] ?? 0) & byte;
      this.#bytes[at] = ((this.#bytes[at] ?? 0) & ~mask & ~cleared) | (byte & mask);
    }
    const register = offset & ~3;
    const reaction = this.#reactions.get(register);
    if (reaction && offset < register + reaction.length) {
      const written = Buffer.alloc(4);
      written.set(bytes, offset - register);
      reaction.react(written.readUInt32LE());
    }
    if (offset < BEHIND_HEADER && (mapped || this.#decodesMemory)) this.onChange();
  }

  read32 = (offset: number): number => (offset < this.#size ? this.#bytes.readUInt32LE(offset) : ALL_ONES);

  /** The BARs that software has placed, if it has switched memory decoding on. */
  mappings(): Mapping[] {
    if (!this.#decodesMemory) return [];
    return this.bars.flatMap((bar) => {
      const base = this.#addressOf(bar);
      return base ? [{ base, size: bar.size, responder: bar.responder }] : [];
    });
  }

  /** Everything that software can change is as it was at first, but for the registers at `kept`. */
  reset(...kept: number[]): void {
    const values = kept.map(this.read32);
    this.#initial.copy(this.#bytes);
    this.#frozen.fill(0);
    for (const [i, offset] of kept.entries()) this.#bytes.writeUInt32LE(values[i] ?? 0, offset);
    this.onChange();
  }

  get #decodesMemory(): boolean {
    return Command.decode(this.read32(CONFIG.command)).memorySpace;
  }

  #addressOf({ index, is64 }: BarDefinition): bigint {
    const low = BigInt(Bar.encode({ ioSpace: false, type: 0, prefetchable: false }, this.read32(barAt(index))));
    const high = is64 ? BigInt(this.read32(barAt(index + 1))) : 0n;
    return (high << 32n) | low;
  }

  /** Bits of the byte at `at` that software can change now. */
  #changeable(at: number): number {
    if (this.#unclaimed[at]) return this.#scratch() ? 0xff : 0;
    return (this.#writable[at] ?? 0) & ~(this.#frozen[at] ?? 0);
  }

  /** What a capability has, software changes where the capability says so. */
  #claim(at: number, size: number): void {
    this.#unclaimed.fill(0, at, at + size);
  }

  #defineAll(start: number, registers: readonly Register[]): void {
    for (const { at, value, writable, clearable } of registers) this.define(start + at, value, writable, clearable);
  }

  #delegateAt(offset: number) {
    const found = this.#delegate;
    return found && offset >= found.at + HEADER_SIZE && offset < found.at + found.size ? found : undefined;
  }
}

const barAt = (index: number): number => CONFIG.bar0 + 4 * index;
