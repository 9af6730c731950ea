import {
  type DecoderRegister,
  decoderOffset,
  decoderRows,
  HDM_GLOBAL_CONTROL,
  HDM_ROWS,
  HdmCapability,
  HdmDecoderControl,
  HdmGlobalControl,
  LOW_HALF_MASK,
} from '../../codec/cxl/hdm';
import { decodeGranularity, decodeWays, type Interleave, isInterleave } from '../../codec/cxl/interleave';
import { contains, end, type Range } from '../../codec/range';
import { ALL_BITS } from '../../codec/register-rows';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import { MachineCrash } from '../../machine/crash';
import type { RegisterBlock } from '../board/register-block';
import { registersOf } from '../board/rows';

/** Of a target list. */
const MOST_TARGETS = 8;
/** The encoding of so many ways; multiples of 3 have larger ones. */
const MOST_WAYS = 3;

/** What differs between the decoders of a bridge and those of a device. */
export interface DecoderKind {
  /** How many ports a target list can name; 1 for a device, which has DPA Skip in its place. */
  readonly targetCount: number;
  readonly ofDevice?: boolean;
  /** Whether its memory can be coherent by back-invalidation. */
  readonly backInvalidate?: boolean;
}

/** Supported Coherency Model: by the device, or by the host alone. */
const EITHER_MODEL = 3;

export const BRIDGE: DecoderKind = { targetCount: 8 };
/** Of a bridge that passes everything to its only port, whose decoders decide nothing. */
export const PASSTHROUGH: DecoderKind = { targetCount: 1 };
export const DEVICE: DecoderKind = { targetCount: 1, ofDevice: true };

/** A decoder that is committed. */
export interface CommittedDecoder {
  readonly range: Range;
  readonly interleave: Interleave;
  /** Of a device: bytes of DPA. */
  readonly skip: bigint;
  /** Of a bridge: port numbers, in interleave order. */
  readonly targets: readonly number[];
}

/**
 * The HDM decoders of a host bridge or a device.
 *
 * Models the protocol of CXL r3.1 Section 8.2.4.20.12: Committing Decoder Programming. Setting Commit
 * makes a decoder check its programming and answer with exactly one of Committed and Error Not Committed;
 * clearing Commit makes it inactive.
 */
export class HdmDecoders {
  readonly #count: number;
  /** Those that are committed, as long as no register has changed: each access through a window asks for them. */
  #known: { readonly version: number; readonly decoders: readonly CommittedDecoder[] } | undefined;
  /** Of a device: bytes of DPA, beyond which no decoder may lead. */
  capacity: bigint | undefined;

  constructor(
    private readonly registers: RegisterBlock,
    private readonly start: number,
    private readonly kind: DecoderKind,
    facts: Pick<Facts, 'deviceWays' | 'decoderCount' | 'changeOf'>,
    private readonly quirks: Quirks,
  ) {
    const allWays = kind.ofDevice === true && facts.deviceWays === 'all';
    this.#count = facts.decoderCount;
    const capability = {
      decoderCount: Math.log2(this.#count),
      targetCount: kind.targetCount,
      a11to8Interleave: true,
      a14to12Interleave: true,
      ways3612: allWays,
      ways16: allWays,
      ...(kind.backInvalidate && { coherencyModel: EITHER_MODEL }),
    };
    const own = { capability: { value: HdmCapability.encode(capability) } };
    registers.define(registersOf(HDM_ROWS, facts, own), start);
    for (let n = 0; n < this.#count; n++) this.#defineDecoder(n, facts);
  }

  /** Whether any was ever committed. */
  haveMapped = false;

  /** The decoders in order, as far as they are committed one after the other. */
  committed(): readonly CommittedDecoder[] {
    const { version } = this.registers;
    if (this.#known?.version !== version) this.#known = { version, decoders: this.#findCommitted() };
    return this.#known.decoders;
  }

  #findCommitted(): CommittedDecoder[] {
    const found: CommittedDecoder[] = [];
    if (this.kind.ofDevice && !this.#areEnabled) return found;
    for (let n = 0; n < (this.quirks.has('second-decoder-ignored') ? 1 : this.#count); n++) {
      const control = HdmDecoderControl.decode(this.#read(n, 'control'));
      const { committed, interleaveWays, interleaveGranularity } = control;
      const isReserved = !isInterleave(interleaveWays, interleaveGranularity);
      if (control.commit && isReserved && this.quirks.has('reserved-ways-end-machine')) {
        throw new MachineCrash('exit status 1');
      }
      if (!committed) break;
      if (isReserved) continue;
      const ways = this.#hasTargets(interleaveWays) ? decodeWays(interleaveWays) : 2 ** interleaveWays; // as QEMU counts
      const interleave = { ways, granularity: decodeGranularity(interleaveGranularity) };
      const list = this.#read64(n, 'targetsHigh', 'targetsLow');
      const targets = Array.from({ length: Math.min(ways, MOST_TARGETS) }, (_, way) => this.#target(list, way));
      found.push({ range: this.#range(n), interleave, skip: this.kind.ofDevice ? list : 0n, targets });
    }
    return found;
  }

  /** Whether each of so many ways has its place in the target list; a device has no such list. */
  #hasTargets = (interleaveWays: number): boolean =>
    this.kind.ofDevice || (interleaveWays <= MOST_WAYS && decodeWays(interleaveWays) <= MOST_TARGETS);

  #target(list: bigint, way: number): number {
    const at = this.quirks.has('target-list-low-half-alone') ? way % 4 : way;
    return Number((list >> BigInt(8 * at)) & 0xffn);
  }

  /** The committed decoder that claims an address. */
  claiming(address: bigint): CommittedDecoder | undefined {
    if (this.quirks.has('bridge-decoder-range-ignored')) return this.committed()[0];
    return this.committed().find(({ range }) => contains(range, address));
  }

  #defineDecoder(n: number, facts: Pick<Facts, 'changeOf'>): void {
    const { ofDevice, backInvalidate, targetCount } = this.kind;
    const of = ofDevice ? 'device' : targetCount > 1 ? 'bridge' : 'passthrough';
    const own = {
      ...(backInvalidate && { control: { writable: HdmDecoderControl.writable } }),
      ...(ofDevice && { targetsLow: { writable: LOW_HALF_MASK } }),
    };
    const rows = registersOf(decoderRows(n), facts, own, of);
    this.registers.define(rows, this.start);
    this.registers.onWrite(this.start + decoderOffset(n, 'control'), ({ before }) => {
      if (this.#isLocked(before)) return;
      const control = this.#answer(n, this.#read(n, 'control'));
      this.registers.set32(this.start + decoderOffset(n, 'control'), control);
      if (!this.#isLocked(control)) return;
      for (const { at } of rows) this.registers.freeze(this.start + at, ALL_BITS);
    });
  }

  /** What Control holds once `raw` was written to it. */
  #answer(n: number, raw: number): number {
    if (this.quirks.has('commit-unanswered')) return raw;
    const { commit } = HdmDecoderControl.decode(raw);
    if (!commit && this.quirks.has('commit-not-kept')) return raw;
    const committed = commit && this.#isValid(n, raw);
    this.haveMapped ||= committed;
    const errorNotCommitted = commit && !committed;
    const kept = commit && !(committed && this.quirks.has('commit-not-kept'));
    return HdmDecoderControl.encode({ commit: kept, committed, errorNotCommitted }, raw);
  }

  /** The checks made before Committed is set. */
  #isValid(n: number, raw: number): boolean {
    const { interleaveWays, interleaveGranularity } = HdmDecoderControl.decode(raw);
    const range = this.#range(n);
    const isEncoded = isInterleave(interleaveWays, interleaveGranularity);
    const hasReservedWays = this.kind.ofDevice && !isInterleave(interleaveWays, 0);
    if (hasReservedWays && this.quirks.has('reserved-ways-end-machine-at-commit'))
      throw new MachineCrash('exit status 1');
    if (!isEncoded && !this.quirks.has('commit-takes-reserved-interleave')) return false;
    if (end(range) > 2n ** 64n) return false;
    if (isEncoded && !this.#hasTargets(interleaveWays) && !this.quirks.has('turns-beyond-targets')) return false;
    if (isEncoded && !this.#fits(n, raw)) return false;
    if (n === 0) return true;
    const { committed } = HdmDecoderControl.decode(this.#read(n - 1, 'control'));
    if (!committed) return this.quirks.has('commit-in-any-order');
    return range.base >= end(this.#range(n - 1)) || this.quirks.has('commit-overlaps');
  }

  /** Whether the capacity of a device suffices for its decoders up to `n`, which is to be committed with `control`. */
  #fits(n: number, control: number): boolean {
    if (this.capacity === undefined || this.quirks.has('commit-beyond-capacity')) return true;
    let used = 0n;
    for (let m = 0; m <= n; m++) {
      const { interleaveWays } = HdmDecoderControl.decode(m === n ? control : this.#read(m, 'control'));
      used += this.#read64(m, 'targetsHigh', 'targetsLow') + this.#range(m).size / BigInt(decodeWays(interleaveWays));
    }
    return used <= this.capacity;
  }

  /** CXL r3.1 Section 8.2.4.20.2: HDM Decoder Enable, without which a device goes by the ranges of its DVSEC. */
  get #areEnabled(): boolean {
    const { decoderEnable } = HdmGlobalControl.decode(this.registers.read32(this.start + HDM_GLOBAL_CONTROL));
    return decoderEnable || this.quirks.has('decoder-enable-ignored');
  }

  #isLocked(control: number): boolean {
    const { lockOnCommit, committed } = HdmDecoderControl.decode(control);
    return lockOnCommit && committed && !this.quirks.has('lock-on-commit-ignored');
  }

  #range(n: number): Range {
    return { base: this.#read64(n, 'baseHigh', 'baseLow'), size: this.#read64(n, 'sizeHigh', 'sizeLow') };
  }

  #read64(n: number, high: DecoderRegister, low: DecoderRegister): bigint {
    return (BigInt(this.#read(n, high)) << 32n) | BigInt(this.#read(n, low));
  }

  #read(n: number, register: DecoderRegister): number {
    return this.registers.read32(this.start + decoderOffset(n, register));
  }
}
