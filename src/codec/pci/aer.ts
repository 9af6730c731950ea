/** PCI Express Base 6.0 Section 7.8.4: Advanced Error Reporting (AER) Extended Capability. */
import { RO, RW, RW1C, register32 } from '../register';
import { ALL_BITS, registerRows } from '../register-rows';

/** Bits of the kinds of errors, the same in status, mask and severity. */
const uncorrectable = (field: typeof RW) =>
  register32({
    dataLinkProtocol: field(4),
    surpriseDown: field(5),
    poisonedTlp: field(12),
    flowControlProtocol: field(13),
    completionTimeout: field(14),
    completerAbort: field(15),
    unexpectedCompletion: field(16),
    receiverOverflow: field(17),
    malformedTlp: field(18),
    ecrc: field(19),
    unsupportedRequest: field(20),
    acsViolation: field(21),
    internal: field(22),
    multicastBlocked: field(23),
    atomicEgressBlocked: field(24),
    tlpPrefixBlocked: field(25),
  });

const correctable = (field: typeof RW) =>
  register32({
    receiverError: field(0),
    badTlp: field(6),
    badDllp: field(7),
    replayRollover: field(8),
    replayTimeout: field(12),
    advisoryNonFatal: field(13),
    internal: field(14),
    headerLogOverflow: field(15),
  });

export const AerUncorrectableStatus = uncorrectable(RW1C);
/** Of mask and severity; a set bit of severity is fatal. */
export const AerUncorrectable = uncorrectable(RW);
export const AerCorrectableStatus = correctable(RW1C);
export const AerCorrectableMask = correctable(RW);

/** Section 7.8.4.7: Advanced Error Capabilities and Control Register. */
export const AerControl = register32({
  firstError: RO(4, 0),
  ecrcGenerationCapable: RO(5),
  ecrcGeneration: RW(6),
  ecrcCheckCapable: RO(7),
  ecrcCheck: RW(8),
  multipleHeadersCapable: RO(9),
  multipleHeaders: RW(10),
});

/** Section 7.8.4.9: Root Error Command Register. */
export const RootErrorCommand = register32({ reportCorrectable: RW(0), reportNonFatal: RW(1), reportFatal: RW(2) });

/** Section 7.8.4.10: Root Error Status Register: which vector it interrupts by. */
export const RootErrorStatus = register32({ messageNumber: RO(31, 27) });

export const AER_ROWS = registerRows('AER', {
  uncorrectableStatus: {
    at: 0x04,
    name: 'Uncorrectable Error Status',
    register: AerUncorrectableStatus,
    sticky: ALL_BITS,
  },
  uncorrectableMask: {
    at: 0x08,
    name: 'Uncorrectable Error Mask',
    register: AerUncorrectable,
    value: AerUncorrectable.encode({ internal: true, tlpPrefixBlocked: true }),
    sticky: ALL_BITS,
  },
  uncorrectableSeverity: {
    at: 0x0c,
    name: 'Uncorrectable Error Severity',
    register: AerUncorrectable,
    value: AerUncorrectable.encode({
      dataLinkProtocol: true,
      surpriseDown: true,
      flowControlProtocol: true,
      receiverOverflow: true,
      malformedTlp: true,
      internal: true,
    }),
    sticky: ALL_BITS,
  },
  correctableStatus: { at: 0x10, name: 'Correctable Error Status', register: AerCorrectableStatus, sticky: ALL_BITS },
  correctableMask: {
    at: 0x14,
    name: 'Correctable Error Mask',
    register: AerCorrectableMask,
    value: AerCorrectableMask.encode({ advisoryNonFatal: true, internal: true, headerLogOverflow: true }),
    sticky: ALL_BITS,
  },
  control: { at: 0x18, name: 'Advanced Error Capabilities and Control', register: AerControl, sticky: ALL_BITS },
  headerLog: { at: 0x1c, name: 'Header Log', size: 0x10 },
  rootCommand: { at: 0x2c, name: 'Root Error Command', register: RootErrorCommand },
  rootStatus: { at: 0x30, name: 'Root Error Status', register: RootErrorStatus },
  sources: { at: 0x34, name: 'Error Source Identification' },
});

export const AER = { ...AER_ROWS.at, size: 0x48 } as const;
