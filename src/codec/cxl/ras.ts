/** CXL r3.1 Section 8.2.4.17: CXL RAS Capability Structure. */
import { RO, RW, RW1C, register32 } from '../register';
import { registerRows } from '../register-rows';

/** Of the header log, which holds 16 of 32 bits each. */
export const HEADER_LOG_WORDS = 16;

/** Section 8.2.4.17.1: Uncorrectable Error Status Register; mask and severity have the same bits. */
const uncorrectable = (field: typeof RW) =>
  register32({
    cacheDataParity: field(0),
    cacheAddressParity: field(1),
    cacheByteEnableParity: field(2),
    cacheDataEcc: field(3),
    memDataParity: field(4),
    memAddressParity: field(5),
    memByteEnableParity: field(6),
    memDataEcc: field(7),
    reinitThreshold: field(8),
    reservedEncoding: field(9),
    poisonReceived: field(10),
    receiverOverflow: field(11),
    internal: field(14),
    ideTransmit: field(15),
    ideReceive: field(16),
  });

/** Section 8.2.4.17.4: Correctable Error Status Register; its mask has the same bits. */
const correctable = (field: typeof RW) =>
  register32({
    cacheDataEcc: field(0),
    memDataEcc: field(1),
    crcThreshold: field(2),
    retryThreshold: field(3),
    cachePoisonReceived: field(4),
    memPoisonReceived: field(5),
    physicalLayer: field(6),
  });

const UncorrectableStatus = uncorrectable(RW1C);
/** Of mask and severity. */
export const Uncorrectable = uncorrectable(RW);
export const CorrectableStatus = correctable(RW1C);
export const CorrectableMask = correctable(RW);

/** Section 8.2.4.17.6: Error Capabilities and Control Register; `firstError` is a bit of Uncorrectable Error Status. */
export const RasControl = register32({ firstError: RO(5, 0), multipleHeaders: RO(9), poisonEnabled: RO(13) });

/** {@link RasControl}.firstError once no error is left: a bit that no error has. */
export const NO_FIRST_ERROR = 0x3f;

export type UncorrectableError = keyof ReturnType<typeof Uncorrectable.decode>;
export type CorrectableError = keyof ReturnType<typeof CorrectableMask.decode>;

/** Masks and severity have all errors after a reset. */
export const RAS_ROWS = registerRows('RAS', {
  uncorrectableStatus: { at: 0x00, name: 'Uncorrectable Error Status', register: UncorrectableStatus },
  uncorrectableMask: {
    at: 0x04,
    name: 'Uncorrectable Error Mask',
    register: Uncorrectable,
    value: Uncorrectable.writable,
  },
  uncorrectableSeverity: {
    at: 0x08,
    name: 'Uncorrectable Error Severity',
    register: Uncorrectable,
    value: Uncorrectable.writable,
  },
  correctableStatus: { at: 0x0c, name: 'Correctable Error Status', register: CorrectableStatus },
  correctableMask: {
    at: 0x10,
    name: 'Correctable Error Mask',
    register: CorrectableMask,
    value: CorrectableMask.writable,
  },
  control: { at: 0x14, name: 'Error Capabilities and Control', register: RasControl },
  headerLog: { at: 0x18, name: 'Header Log', size: 4 * HEADER_LOG_WORDS },
});

export const RAS = { ...RAS_ROWS.at, size: 0x58 } as const;
