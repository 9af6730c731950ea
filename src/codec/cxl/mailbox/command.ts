/** CXL r3.1 Section 8.2.9: Component Command Interface: opcodes, return codes, effects. */

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

/** CXL r3.1 Table 8-36, 8-126 and 8-215: opcodes. */
export const OPCODE = {
  identify: 0x0001,
  backgroundOperationStatus: 0x0002,
  getResponseMessageLimit: 0x0003,
  setResponseMessageLimit: 0x0004,
  backgroundAbort: 0x0005,
  getEventRecords: 0x0100,
  clearEventRecords: 0x0101,
  getEventInterruptPolicy: 0x0102,
  setEventInterruptPolicy: 0x0103,
  getFirmwareInfo: 0x0200,
  transferFirmware: 0x0201,
  activateFirmware: 0x0202,
  getTimestamp: 0x0300,
  setTimestamp: 0x0301,
  getSupportedLogs: 0x0400,
  getLog: 0x0401,
  getSupportedFeatures: 0x0500,
  getFeature: 0x0501,
  setFeature: 0x0502,
  performMaintenance: 0x0600,
  identifyMemoryDevice: 0x4000,
  getPartitionInfo: 0x4100,
  setPartitionInfo: 0x4101,
  getLabelStorageArea: 0x4102,
  setLabelStorageArea: 0x4103,
  getHealthInfo: 0x4200,
  getAlertConfiguration: 0x4201,
  setAlertConfiguration: 0x4202,
  getPoisonList: 0x4300,
  injectPoison: 0x4301,
  clearPoison: 0x4302,
  getScanMediaCapabilities: 0x4303,
  scanMedia: 0x4304,
  getScanMediaResults: 0x4305,
  sanitize: 0x4400,
  mediaOperations: 0x4402,
  getSecurityState: 0x4500,
  getDynamicCapacityConfiguration: 0x4800,
  getDynamicCapacityExtentList: 0x4801,
  addDynamicCapacityResponse: 0x4802,
  releaseDynamicCapacity: 0x4803,
  identifySwitchDevice: 0x5100,
  getPhysicalPortState: 0x5101,
  physicalPortControl: 0x5102,
  tunnelManagementCommand: 0x5300,
  getDcdInfo: 0x5600,
  getHostRegions: 0x5601,
  setRegion: 0x5602,
  getRegionExtents: 0x5603,
  initiateCapacityAdd: 0x5604,
  initiateCapacityRelease: 0x5605,
} as const;

/** Commands that ask: they have no effect. */
export const QUESTIONS: ReadonlySet<number> = new Set(
  Object.entries(OPCODE)
    .filter(([name]) => /^(get[A-Z]|identify|backgroundOperationStatus$)/.test(name))
    .map(([, opcode]) => opcode),
);

/** CXL r3.1 Table 8-75: Command Effect, in the Command Effects Log. */
export const EFFECT = {
  configurationChangeAfterColdReset: 1 << 0,
  immediateConfigurationChange: 1 << 1,
  immediateDataChange: 1 << 2,
  immediatePolicyChange: 1 << 3,
  immediateLogChange: 1 << 4,
  securityStateChange: 1 << 5,
  backgroundOperation: 1 << 6,
  secondaryMailbox: 1 << 7,
  backgroundAbort: 1 << 8,
  configurationChangeAfterConventionalReset: 1 << 11,
  configurationChangeAfterCxlReset: 1 << 12,
} as const;

/** `Get Event Records` of `getEventRecords`. */
const title = (name: string): string =>
  name.replace(/[A-Z]/g, (capital) => ` ${capital}`).replace(/^./, (first) => first.toUpperCase());

const titled = (codes: Readonly<Record<string, number>>): ReadonlyMap<string, number> =>
  new Map(Object.entries(codes).map(([name, code]) => [title(name), code]));

/** Opcodes by the names of their commands. */
export const COMMANDS = titled(OPCODE);

/** Return codes by their names. */
export const RETURN_CODES = titled(RETURN_CODE);

const nameIn = (names: ReadonlyMap<string, number>, wanted: number): string | undefined =>
  [...names].find(([, code]) => code === wanted)?.[0];

/** `Get Event Records`. */
export const commandNamed = (opcode: number): string =>
  nameIn(COMMANDS, opcode) ?? `command ${opcode.toString(16).padStart(4, '0')}h`;

/** `Invalid Input`. */
export const returnCodeNamed = (code: number): string =>
  nameIn(RETURN_CODES, code) ?? `return code ${code.toString(16)}h`;

/** The effects that a command has, in words. */
export const showEffects = (bits: number): string =>
  Object.entries(EFFECT)
    .filter(([, bit]) => bits & bit)
    .map(([name]) => title(name).toLowerCase())
    .join(', ') || 'none';

/** A device refused a command. */
export class MailboxError extends Error {
  override readonly name = 'MailboxError';

  constructor(
    readonly opcode: number,
    readonly code: number,
  ) {
    super(`${commandNamed(opcode)} is answered with ${returnCodeNamed(code)}`);
  }
}
