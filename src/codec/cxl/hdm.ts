/** CXL r3.1 Section 8.2.4.20: CXL HDM Decoder Capability Structure. */
import { RO, RW, RWL, register32 } from '../register';

/** CXL r3.1 Section 8.2.4.20.1: CXL HDM Decoder Capability Register, at offset 0. */
export const HdmCapability = register32({
  decoderCount: RO(3, 0), // encoded, see decoderCount()
  targetCount: RO(7, 4),
  a11to8Interleave: RO(8),
  a14to12Interleave: RO(9),
  poisonOnDecodeError: RO(10),
  ways3612: RO(11),
  ways16: RO(12),
  /** 0: unknown, 1: HDM-D or HDM-DB, 2: HDM-H, 3: either. */
  coherencyModel: RO(22, 21),
});

/** CXL r3.1 Section 8.2.4.20.2: CXL HDM Decoder Global Control Register. */
export const HDM_GLOBAL_CONTROL = 0x4;
export const HdmGlobalControl = register32({ poisonOnDecodeError: RW(0), decoderEnable: RW(1) });

/** CXL r3.1 Section 8.2.4.20.7: CXL HDM Decoder n Control Register. */
export const HdmDecoderControl = register32({
  interleaveGranularity: RWL(3, 0), // IG, see interleave.ts
  interleaveWays: RWL(7, 4), // IW, see interleave.ts
  lockOnCommit: RWL(8),
  commit: RWL(9),
  committed: RO(10),
  errorNotCommitted: RO(11),
  targetRangeType: RWL(12), // 0 = device coherent (HDM-D/DB), 1 = host-only (HDM-H)
  backInvalidate: RWL(13), // of memory that a device keeps coherent by back-invalidation, HDM-DB
});

/** The last two are the target list of a bridge or switch, and DPA Skip of a device. */
const DECODER = {
  baseLow: 0x0,
  baseHigh: 0x4,
  sizeLow: 0x8,
  sizeHigh: 0xc,
  control: 0x10,
  targetsLow: 0x14,
  targetsHigh: 0x18,
  skipLow: 0x14,
  skipHigh: 0x18,
} as const;

export type DecoderRegister = keyof typeof DECODER;

/** Offset of a register of decoder `n` from the start of the capability structure. */
export const decoderOffset = (n: number, register: DecoderRegister): number => 0x10 + 0x20 * n + DECODER[register];

/** The low halves of Base, Size and DPA Skip implement bits 31:28 alone: they count in 256 MiB. */
export const LOW_HALF_MASK = 0xf000_0000;

const DECODER_COUNTS = [1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32];

/** Number of decoders for an encoded Decoder Count; 0 for a reserved encoding. */
export const decoderCount = (encoded: number): number => DECODER_COUNTS[encoded] ?? 0;
