import type { Range } from '../codec/range';
import type { Hpa } from './hardware';

/** Whose decoders: those of a host bridge by its _UID, of a device by its serial number, of the switch above that device. */
export type DecoderOwner =
  | { readonly hostBridge: number }
  | { readonly device: bigint }
  | { readonly switchAbove: bigint };

/** What a decoder is programmed with. Ways and granularity are encoded, so that reserved encodings can be tried. */
export interface DecoderSettings {
  readonly range: Range;
  readonly interleaveWays: number;
  readonly interleaveGranularity: number;
  readonly lockOnCommit?: boolean;
  /** Of a device: bytes of DPA between the decoder before and this one. */
  readonly skip?: bigint;
  /** Of a host bridge or switch: port numbers in interleave order. */
  readonly targets?: readonly number[];
}

/** What a decoder's registers hold; of target list and DPA Skip whichever it is. */
export interface DecoderState {
  readonly range: Range;
  readonly interleaveWays: number;
  readonly interleaveGranularity: number;
  readonly targets: bigint;
  readonly lockOnCommit: boolean;
  readonly commit: boolean;
  readonly committed: boolean;
  readonly errorNotCommitted: boolean;
}

/** HDM decoders with no driver on them. CXL r3.1 Section 8.2.4.20: CXL HDM Decoder Capability Structure. */
export interface DecoderBlock {
  readonly count: number;
  /** Whether they say that they can take part in an interleave of so many ways. */
  interleaves(ways: number): boolean;
  /** Writes all registers of decoder `n`, and sets Commit last. */
  commit(n: number, settings: DecoderSettings): Promise<DecoderState>;
  /** Clears Commit. */
  uncommit(n: number): Promise<DecoderState>;
  state(n: number): Promise<DecoderState>;
  /** HDM Decoder Enable. */
  enable(enabled: boolean): Promise<void>;
}

/** Devices that share a range. */
export interface InterleaveSet {
  /** Index of the window. */
  readonly window: number;
  /** Serial numbers in interleave order. */
  readonly devices: readonly bigint[];
  /** Bytes. */
  readonly granularity: number;
  /** Of all together. */
  readonly size: bigint;
}

/** What came of committing a decoder, and of clearing its Commit. */
export interface CommitTrial {
  /** `host bridge 12`, `switch above device 1 of host bridge 12`, `device 1 of host bridge 12`: by the order in which they are found. */
  readonly of: string;
  readonly committed: DecoderState;
  readonly released: DecoderState;
}

/** What somebody can do who has the machine to himself: all decoders are as before when it is given back. */
export interface DecoderBench {
  /** Undefined if the owner has none. */
  block(owner: DecoderOwner): Promise<DecoderBlock | undefined>;
  /**
   * Commits a decoder of each device, and of each switch and host bridge above, at a multiple of the size around the
   * middle of the window. @throws NotApplicable if a device does not interleave so many ways
   */
  interleave(set: InterleaveSet): Promise<Range>;
  /** Commits decoder 0 of each host bridge and switch above a device, so that all of window `n` leads to it. */
  lead(n: number, device: bigint): Promise<void>;
  /** The CDAT of the switch above a device. @throws DecodeError if it has none */
  switchCdat(device: bigint): Promise<Uint8Array>;
  /**
   * Commits decoder 0 of each device that some window leads to, and of all above it, over 256 MiB of that window, and clears
   * Commit of each again.
   */
  commitEach(): Promise<CommitTrial[]>;
  /** Where window `n` is. */
  window(n: number): Promise<Range>;
  store(address: Hpa, bytes: Uint8Array): Promise<void>;
  load(address: Hpa, length: number): Promise<Uint8Array>;
}
