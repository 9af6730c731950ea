/** CXL r3.1 Section 8.2.4.20: CXL HDM Decoder Capability Structure. */
import { RO, RW, RWL, register32 } from '../register';
import { ALL_BITS, registerRows } from '../register-rows';

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

/** The low halves of Base, Size and DPA Skip implement bits 31:28 alone: they count in 256 MiB. */
export const LOW_HALF_MASK = 0xf000_0000;

/** Of the registers of a decoder. */
const STRIDE = 0x20;

/**
 * Of decoder `n`; the last two are the target list of a bridge or switch, and DPA Skip of a device. Back-invalidation is not
 * what all can be told to use.
 */
export const decoderRows = (n: number) => {
  const at = 0x10 + STRIDE * n;
  return registerRows('HDM Decoder', {
    baseLow: { at, name: `${n} baseLow`, writable: LOW_HALF_MASK },
    baseHigh: { at: at + 0x4, name: `${n} baseHigh`, writable: ALL_BITS },
    sizeLow: { at: at + 0x8, name: `${n} sizeLow`, writable: LOW_HALF_MASK },
    sizeHigh: { at: at + 0xc, name: `${n} sizeHigh`, writable: ALL_BITS },
    control: {
      at: at + 0x10,
      name: `${n} Control`,
      register: HdmDecoderControl,
      writable: HdmDecoderControl.writable & ~HdmDecoderControl.encode({ backInvalidate: true }),
    },
    targetsLow: { at: at + 0x14, name: `${n} targetsLow`, writable: ALL_BITS },
    targetsHigh: { at: at + 0x18, name: `${n} targetsHigh`, writable: ALL_BITS },
  });
};

const FIRST = decoderRows(0).at;
const DECODER_AT = { ...FIRST, skipLow: FIRST.targetsLow, skipHigh: FIRST.targetsHigh } as const;

export const HDM_ROWS = registerRows('HDM Decoder', {
  capability: { at: 0x0, name: 'Capability', register: HdmCapability },
  global: { at: 0x4, name: 'Global Control', register: HdmGlobalControl },
});
export const HDM_GLOBAL_CONTROL = HDM_ROWS.at.global;

export type DecoderRegister = keyof typeof DECODER_AT;

/** Offset of a register of decoder `n` from the start of the capability structure. */
export const decoderOffset = (n: number, register: DecoderRegister): number => STRIDE * n + DECODER_AT[register];

const DECODER_COUNTS = [1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32];

/** Number of decoders for an encoded Decoder Count; 0 for a reserved encoding. */
export const decoderCount = (encoded: number): number => DECODER_COUNTS[encoded] ?? 0;
