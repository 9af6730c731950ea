import { CACHE_MEM, CAPABILITY_ID, CapabilityElement, CapabilityHeader } from '../codec/cxl/component';
import {
  type DecoderRegister,
  decoderCount,
  decoderOffset,
  HDM_GLOBAL_CONTROL,
  HdmCapability,
  HdmDecoderControl,
  HdmGlobalControl,
} from '../codec/cxl/hdm';
import { decodeGranularity, decodeWays, encodeGranularity, encodeWays } from '../codec/cxl/interleave';
import { DecodeError } from '../codec/decode-error';
import { hex, type Range } from '../codec/range';
import type { DecoderSettings, DecoderState } from '../machine/decoder-bench';
import { addressesOfWords, type Hardware, type Hpa } from '../machine/hardware';

/** How often Committed is looked for; Linux waits 20 ms, drivers/cxl/core/hdm.c: cxld_await_commit(). */
const POLLS = 20;

/** What a decoder is programmed with. */
export interface Programming {
  readonly range: Range;
  readonly ways: number;
  /** Bytes. */
  readonly granularity: number;
  /** Of a device: bytes of DPA between the decoder before and this one. */
  readonly skip?: bigint;
  /** Of a bridge: port numbers in interleave order. */
  readonly targets?: readonly number[];
  /** Whether it is to stay as it is until a reset. */
  readonly lockOnCommit?: boolean;
}

/** Skip is that of a device, targets are those of a bridge: they share their bits. */
export type CommittedDecoder = Required<Omit<Programming, 'lockOnCommit'>>;

/** Why a decoder could not be committed, by the errno of Linux. */
export type CommitResult = 'committed' | 'EIO' | 'ETIMEDOUT';

/** The HDM decoders of the component registers at some address. Linux drivers/cxl/core/hdm.c. */
export class HdmDecoders {
  private constructor(
    private readonly hardware: Hardware,
    readonly base: Hpa,
    private readonly capability: ReturnType<typeof HdmCapability.decode>,
  ) {}

  get count(): number {
    return decoderCount(this.capability.decoderCount);
  }

  /** Whether they say that they can take part in an interleave of so many ways. */
  interleaves(ways: number): boolean {
    if (ways === 16) return this.capability.ways16;
    return ways % 3 === 0 ? this.capability.ways3612 : true;
  }

  /** Undefined if the registers have no HDM decoder capability. @throws DecodeError if they are no component registers. */
  static async find(hardware: Hardware, registers: Hpa): Promise<HdmDecoders | undefined> {
    const base = await capability(hardware, registers, CAPABILITY_ID.hdmDecoder);
    if (base === undefined) return undefined;
    const decoders = new HdmDecoders(hardware, base, HdmCapability.decode(await hardware.read32(base)));
    if (decoders.count === 0) throw new DecodeError(`HDM decoders at ${hex(base)}`, 'Spec violation. Caps invalid');
    return decoders;
  }

  /** Lets all decoders decode, or none. */
  async enable(decoderEnable = true): Promise<void> {
    const at = this.base + BigInt(HDM_GLOBAL_CONTROL);
    await this.hardware.write32(at, HdmGlobalControl.encode({ decoderEnable }, await this.hardware.read32(at)));
  }

  async isEnabled(): Promise<boolean> {
    return HdmGlobalControl.decode(await this.hardware.read32(this.base + BigInt(HDM_GLOBAL_CONTROL))).decoderEnable;
  }

  async isCommitted(n: number): Promise<boolean> {
    return HdmDecoderControl.decode(await this.#read(n, 'control')).committed;
  }

  /** What the decoders hold, as far as they are committed one after the other. */
  async committed(): Promise<CommittedDecoder[]> {
    const found: CommittedDecoder[] = [];
    for (let n = 0; n < this.count && (await this.isCommitted(n)); n++) {
      const { range, interleaveWays, interleaveGranularity, targets: list } = await this.state(n);
      const ways = decodeWays(interleaveWays);
      const targets = Array.from({ length: ways }, (_, way) => Number((list >> BigInt(8 * way)) & 0xffn));
      found.push({ range, ways, granularity: decodeGranularity(interleaveGranularity), skip: list, targets });
    }
    return found;
  }

  /** Programs decoder `n`, sets Commit, and awaits the answer, in the order of Linux cxl_decoder_commit(). */
  async commit(n: number, { ways, granularity, ...others }: Programming): Promise<CommitResult> {
    const encoded = { interleaveWays: encodeWays(ways), interleaveGranularity: encodeGranularity(granularity) };
    await this.program(n, { ...encoded, ...others });
    return this.#answer(n);
  }

  /** Writes all registers, and sets Commit last. */
  async program(
    n: number,
    { range, skip, targets, lockOnCommit = false, ...interleave }: DecoderSettings,
  ): Promise<void> {
    const { interleaveWays, interleaveGranularity } = interleave;
    const control = HdmDecoderControl.encode(
      { interleaveWays, interleaveGranularity, lockOnCommit, targetRangeType: true, commit: true },
      await this.#read(n, 'control'),
    );
    await this.#write64(n, 'baseLow', 'baseHigh', range.base);
    await this.#write64(n, 'sizeLow', 'sizeHigh', range.size);
    if (targets) await this.#write64(n, 'targetsLow', 'targetsHigh', targetList(targets));
    else await this.#write64(n, 'skipLow', 'skipHigh', skip ?? 0n);
    await this.#write(n, 'control', control);
  }

  async state(n: number): Promise<DecoderState> {
    const { targetRangeType, ...control } = HdmDecoderControl.decode(await this.#read(n, 'control'));
    const range = {
      base: await this.#read64(n, 'baseLow', 'baseHigh'),
      size: await this.#read64(n, 'sizeLow', 'sizeHigh'),
    };
    return { range, targets: await this.#read64(n, 'targetsLow', 'targetsHigh'), ...control };
  }

  async clearCommit(n: number): Promise<void> {
    await this.#write(n, 'control', HdmDecoderControl.encode({ commit: false }, await this.#read(n, 'control')));
  }

  /** Linux cxl_decoder_reset(): Commit is cleared first, then size and base. */
  async reset(n: number): Promise<void> {
    await this.clearCommit(n);
    await this.#write64(n, 'sizeLow', 'sizeHigh', 0n);
    await this.#write64(n, 'baseLow', 'baseHigh', 0n);
  }

  /** {@link reset}, and the interleave, which that leaves. */
  async clear(n: number): Promise<void> {
    await this.reset(n);
    const none = { interleaveWays: 0, interleaveGranularity: 0 };
    await this.#write(n, 'control', HdmDecoderControl.encode(none, await this.#read(n, 'control')));
  }

  async #answer(n: number): Promise<CommitResult> {
    for (let poll = 0; poll < POLLS; poll++) {
      const { committed, errorNotCommitted } = HdmDecoderControl.decode(await this.#read(n, 'control'));
      if (errorNotCommitted) return 'EIO';
      if (committed) return 'committed';
    }
    return 'ETIMEDOUT';
  }

  /** Two writes, for component registers are 32 bits wide; the high half first, as Linux does. */
  async #write64(n: number, low: DecoderRegister, high: DecoderRegister, value: bigint): Promise<void> {
    await this.#write(n, high, Number(value >> 32n));
    await this.#write(n, low, Number(value & 0xffff_ffffn));
  }

  async #read64(n: number, low: DecoderRegister, high: DecoderRegister): Promise<bigint> {
    return (BigInt(await this.#read(n, high)) << 32n) | BigInt(await this.#read(n, low));
  }

  #read = (n: number, register: DecoderRegister) =>
    this.hardware.read32(this.base + BigInt(decoderOffset(n, register)));
  #write = (n: number, register: DecoderRegister, value: number) =>
    this.hardware.write32(this.base + BigInt(decoderOffset(n, register)), value);
}

/** A port number each in a byte, the first target in the lowest. */
const targetList = (targets: readonly number[]): bigint =>
  targets.reduceRight((list, port) => (list << 8n) | BigInt(port), 0n);

const notThere = (raw: number): string =>
  `a CXL Capability Header (id ${CAPABILITY_ID.capability}) is expected at offset ${hex(CACHE_MEM)}, and ${hex(raw)} is there`;

/** Where a capability starts, by the array that the header announces. */
async function capability(hardware: Hardware, registers: Hpa, id: number): Promise<Hpa | undefined> {
  const start = registers + BigInt(CACHE_MEM);
  const raw = await hardware.read32(start);
  const header = CapabilityHeader.decode(raw);
  if (header.id !== CAPABILITY_ID.capability)
    throw new DecodeError(`component registers at ${hex(registers)}`, notThere(raw));
  const elements = await hardware.readWords(addressesOfWords(start + 4n, header.arraySize));
  const found = elements.map((raw) => CapabilityElement.decode(raw)).find((element) => element.id === id);
  return found && start + BigInt(found.pointer);
}
