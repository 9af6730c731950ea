/** Which layouts the payloads of a command have, so that inputs and outputs can be written as rows of a table. */
import type { Struct } from '../../struct';
import { AlertConfiguration, SetAlertConfiguration } from './alerts';
import { OPCODE } from './command';
import { DcConfigurationInput, DcExtent, DcExtentListInput, UpdatedExtent, UpdatedExtents } from './dynamic-capacity';
import {
  CLEAR_ALL,
  ClearEventRecords,
  EVENT_LOG,
  EventInterruptPolicy,
  EventLogSelector,
  EventRecordHandle,
  FifthEventInterruptPolicy,
  INTERRUPT_MODES,
} from './events';
import {
  FEATURE,
  FEATURE_ACTION,
  GetFeature,
  GetSupportedFeatures,
  NO_FEATURE,
  SetFeature,
  SupportedFeature,
  SupportedFeatures,
} from './features';
import { ACTIVATE_ACTION, ActivateFirmware, FirmwareInfo, TRANSFER_ACTION, TransferFirmware } from './firmware';
import { GetLabelStorageArea, SetLabelStorageArea } from './labels';
import { COMMAND_EFFECTS_LOG, GetLogInput, SupportedLog, SupportedLogs } from './logs';
import { MAINTENANCE_CLASS, PerformMaintenance } from './maintenance';
import {
  DcdInfo,
  HostExtents,
  HostExtentsInput,
  HostRegion,
  HostRegions,
  HostRegionsInput,
  InitiateCapacity,
  REMOVAL_POLICY,
  SELECTION_POLICY,
  SetRegion,
} from './managed-capacity';
import { DiscoveredMediaOperations, DpaRange, MediaOperation, MediaOperationDiscovery, SecurityState } from './media';
import { Identify, PartitionInfo } from './memory-device';
import {
  ClearPoison,
  PoisonAddress,
  PoisonRange,
  ScanMediaCapabilities,
  ScanMediaInput,
  ScanMediaResults,
} from './poison';
import {
  BackgroundOperationStatus,
  CATEGORY,
  COMPONENT_TYPE,
  CONNECTED_DEVICE,
  ComponentIdentity,
  LINK_UP,
  PORT_CONFIGURATION,
  PORT_OPERATION,
  PortControl,
  PortState,
  PortStates,
  PortStatesInput,
  ResponseMessageLimit,
  SwitchIdentity,
  Tunnelled,
  TunnelledAnswer,
} from './switch';
import { Timestamp } from './timestamp';

// biome-ignore lint/suspicious/noExplicitAny: of whatever fields
type Layout = Struct<any>;

export interface CommandLayout {
  readonly input?: Layout;
  /** Follows the input, once for each row that has one of its fields. */
  readonly more?: readonly Layout[];
  readonly output?: Layout;
  /** Follows the output, as often as it goes in. */
  readonly entry?: Layout;
  /** Words for the values of fields. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
}

const FEATURES = { feature: { ...FEATURE, none: NO_FEATURE } };
const LOGS = { log: { commandEffects: COMMAND_EFFECTS_LOG } };
const EVENTS = { log: EVENT_LOG };
const INTERRUPTS = Object.fromEntries(Object.keys(EVENT_LOG).map((log) => [log, INTERRUPT_MODES]));

export const LAYOUTS: Readonly<Record<number, CommandLayout>> = {
  [OPCODE.identify]: { output: ComponentIdentity, values: { componentType: COMPONENT_TYPE } },
  [OPCODE.backgroundOperationStatus]: { output: BackgroundOperationStatus },
  [OPCODE.getResponseMessageLimit]: { output: ResponseMessageLimit },
  [OPCODE.setResponseMessageLimit]: { input: ResponseMessageLimit, output: ResponseMessageLimit },
  [OPCODE.getEventRecords]: { input: EventLogSelector, values: EVENTS },
  [OPCODE.clearEventRecords]: {
    input: ClearEventRecords,
    more: [EventRecordHandle],
    values: { ...EVENTS, flags: { clearAll: CLEAR_ALL } },
  },
  [OPCODE.setEventInterruptPolicy]: {
    ...{ input: EventInterruptPolicy, more: [FifthEventInterruptPolicy], values: INTERRUPTS },
  },
  [OPCODE.getFirmwareInfo]: { output: FirmwareInfo },
  [OPCODE.transferFirmware]: { input: TransferFirmware, values: { action: TRANSFER_ACTION } },
  [OPCODE.activateFirmware]: { input: ActivateFirmware, values: { action: ACTIVATE_ACTION } },
  [OPCODE.getTimestamp]: { output: Timestamp },
  [OPCODE.setTimestamp]: { input: Timestamp },
  [OPCODE.getSupportedLogs]: { output: SupportedLogs, entry: SupportedLog, values: LOGS },
  [OPCODE.getLog]: { input: GetLogInput, values: LOGS },
  [OPCODE.getSupportedFeatures]: {
    ...{ input: GetSupportedFeatures, output: SupportedFeatures, entry: SupportedFeature },
    values: FEATURES,
  },
  [OPCODE.getFeature]: { input: GetFeature, values: { ...FEATURES, selection: { current: 0, default: 1, saved: 2 } } },
  [OPCODE.setFeature]: { input: SetFeature, values: { ...FEATURES, flags: FEATURE_ACTION } },
  [OPCODE.performMaintenance]: { input: PerformMaintenance, values: { class: MAINTENANCE_CLASS } },
  [OPCODE.identifyMemoryDevice]: { output: Identify },
  [OPCODE.getPartitionInfo]: { output: PartitionInfo },
  [OPCODE.getLabelStorageArea]: { input: GetLabelStorageArea },
  [OPCODE.setLabelStorageArea]: { input: SetLabelStorageArea },
  [OPCODE.getAlertConfiguration]: { output: AlertConfiguration },
  [OPCODE.setAlertConfiguration]: { input: SetAlertConfiguration },
  [OPCODE.getPoisonList]: { input: PoisonRange },
  [OPCODE.injectPoison]: { input: PoisonAddress },
  [OPCODE.clearPoison]: { input: ClearPoison },
  [OPCODE.getScanMediaCapabilities]: { input: PoisonRange, output: ScanMediaCapabilities },
  [OPCODE.scanMedia]: { input: ScanMediaInput },
  [OPCODE.getScanMediaResults]: { output: ScanMediaResults },
  [OPCODE.mediaOperations]: {
    ...{ input: MediaOperation, more: [MediaOperationDiscovery, DpaRange], output: DiscoveredMediaOperations },
    values: { class: { general: 0, sanitize: 1 }, subclass: { discovery: 0, sanitize: 0, zero: 1 } },
  },
  [OPCODE.getSecurityState]: { output: SecurityState },
  [OPCODE.getDynamicCapacityConfiguration]: { input: DcConfigurationInput },
  [OPCODE.getDynamicCapacityExtentList]: { input: DcExtentListInput },
  [OPCODE.addDynamicCapacityResponse]: { input: UpdatedExtents, more: [UpdatedExtent] },
  [OPCODE.releaseDynamicCapacity]: { input: UpdatedExtents, more: [UpdatedExtent] },
  [OPCODE.identifySwitchDevice]: { output: SwitchIdentity },
  [OPCODE.getPhysicalPortState]: {
    ...{ input: PortStatesInput, output: PortStates, entry: PortState },
    values: { configuration: PORT_CONFIGURATION, connectedDevice: CONNECTED_DEVICE, linkState: { up: LINK_UP } },
  },
  [OPCODE.physicalPortControl]: { input: PortControl, values: { operation: PORT_OPERATION } },
  [OPCODE.tunnelManagementCommand]: {
    ...{ input: Tunnelled, output: TunnelledAnswer },
    values: { category: CATEGORY },
  },
  [OPCODE.getDcdInfo]: { output: DcdInfo },
  [OPCODE.getHostRegions]: { input: HostRegionsInput, output: HostRegions, entry: HostRegion },
  [OPCODE.setRegion]: { input: SetRegion },
  [OPCODE.getRegionExtents]: { input: HostExtentsInput, output: HostExtents, entry: DcExtent },
  [OPCODE.initiateCapacityAdd]: { input: InitiateCapacity, more: [DcExtent], values: { policy: SELECTION_POLICY } },
  [OPCODE.initiateCapacityRelease]: { input: InitiateCapacity, more: [DcExtent], values: { policy: REMOVAL_POLICY } },
};
