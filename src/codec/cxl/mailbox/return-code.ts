/** CXL r3.1 Section 8.2.9: Component Command Interface: return codes. */
import { nameIn, titled } from './names';

/** CXL r3.1 Table 8-34: Command Return Codes. */
export const RETURN_CODE = {
  success: 0x00,
  backgroundStarted: 0x01,
  invalidInput: 0x02,
  unsupported: 0x03,
  internalError: 0x04,
  retryRequired: 0x05,
  busy: 0x06,
  mediaDisabled: 0x07,
  firmwareTransferInProgress: 0x08,
  firmwareTransferOutOfOrder: 0x09,
  authenticationFailed: 0x0a,
  invalidSlot: 0x0b,
  activationFailedRolledBack: 0x0c,
  activationFailedColdReset: 0x0d,
  invalidHandle: 0x0e,
  invalidPhysicalAddress: 0x0f,
  injectPoisonLimitReached: 0x10,
  permanentMediaFailure: 0x11,
  aborted: 0x12,
  invalidSecurityState: 0x13,
  incorrectPassphrase: 0x14,
  unsupportedMailbox: 0x15,
  invalidPayloadLength: 0x16,
  invalidLog: 0x17,
  interrupted: 0x18,
  unsupportedFeatureVersion: 0x19,
  unsupportedFeatureSelection: 0x1a,
  featureTransferInProgress: 0x1b,
  featureTransferOutOfOrder: 0x1c,
  resourcesExhausted: 0x1d,
  invalidExtentList: 0x1e,
  transferOutOfOrder: 0x1f,
  noBackgroundAbort: 0x20,
} as const;

/** Of a command that is not done. */
export type RefusalName = Exclude<keyof typeof RETURN_CODE, 'success' | 'backgroundStarted'>;

/** Return codes by their names. */
export const RETURN_CODES = titled(RETURN_CODE);

/** `Invalid Input`. */
export const returnCodeNamed = (code: number): string =>
  nameIn(RETURN_CODES, code) ?? `return code ${code.toString(16)}h`;
