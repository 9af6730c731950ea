/** QMP's event injection: QEMU hw/mem/cxl_type3.c: qmp_cxl_inject_general_media_event() and its like. */
import type { EventRecord } from '../../codec/cxl/event-record';
import type { EventLogName } from '../../codec/cxl/mailbox/events';
import type { Quirks } from '../../ledger/quirks';
import { Refusal } from '../../machine/refusal';
import type { EventLogs } from '../mailbox/event-logs';
import type { Values } from './values';

/** Event Record Flags that say which fields of the header are valid: CXL r3.1 Table 8-42. */
const HEADER_VALID = { maintenanceSubclass: 1 << 6, logicalDevice: 1 << 7, head: 1 << 8 } as const;

const MAINTENANCE_NEEDED = 1 << 3;

/** CXL r3.2 Table 8-57: of Memory Event Descriptor. */
const THRESHOLD_EVENT = 1 << 1;

const COMPONENT_ID_SIZE = 16;
const CORRECTION_MASKS = 4;

type Inject = (logs: EventLogs, values: Values, quirks: Quirks) => void;

export const injectGeneralMedia: Inject = (logs, values, quirks) => {
  const urgent = values.text('log') === 'informational' && (values.number('flags') & MAINTENANCE_NEEDED) !== 0;
  if (urgent && !quirks.has('informational-event-needs-maintenance')) {
    throw new Refusal('Informational event cannot require maintenance');
  }
  logs.insert(logOf(values), 'general media', headerOf(values), {
    ...mediaOf(values, 'cme-count'),
    validity: quirks.has('event-optional-fields-always-valid')
      ? 0xf
      : values.givenBits('channel', 'rank', 'device', 'component-id') | pldm(values, 1 << 4),
    device: values.number('device') & 0xff_ffff,
    componentId: componentOf(values, quirks),
    correctedErrorFlags: values.number('cme-ev-flags'),
    correctedErrorCount: values.number('cme-count') & 0xff_ffff,
    subType: values.number('sub-type'),
  });
};

export const injectDram: Inject = (logs, values, quirks) => {
  logs.insert(logOf(values), 'DRAM', headerOf(values), {
    ...mediaOf(values, 'cvme-count'),
    validity:
      values.givenBits(
        ...(['channel', 'rank', 'nibble-mask', 'bank-group', 'bank', 'row', 'column', 'correction-mask'] as const),
        'component-id',
      ) |
      pldm(values, 1 << 9) |
      (values.has('sub-channel') ? 1 << 10 : 0),
    nibbleMask: values.number('nibble-mask') & 0xff_ffff,
    bankGroup: values.number('bank-group'),
    bank: values.number('bank'),
    row: values.number('row') & 0xff_ffff,
    column: values.number('column'),
    correctionMask: values.list<bigint>('correction-mask').slice(0, CORRECTION_MASKS).map(BigInt),
    componentId: componentOf(values, quirks),
    subChannel: values.number('sub-channel'),
    correctedErrorFlags: values.number('cme-ev-flags'),
    correctedErrorCount: values.number('cvme-count') & 0xff_ffff,
    subType: values.number('sub-type'),
  });
};

export const injectMemoryModule: Inject = (logs, values, quirks) =>
  logs.insert(logOf(values), 'memory module', headerOf(values), {
    type: values.number('type'),
    healthStatus: values.number('health-status'),
    mediaStatus: values.number('media-status'),
    additionalStatus: values.number('additional-status'),
    lifeUsed: values.number('life-used'),
    temperature: values.number('temperature'),
    dirtyShutdownCount: values.number('dirty-shutdown-count'),
    correctedVolatileErrorCount: values.number('corrected-volatile-error-count'),
    correctedPersistentErrorCount: values.number('corrected-persistent-error-count'),
    validity: values.givenBits('component-id') | pldm(values, 1 << 1),
    componentId: componentOf(values, quirks),
    subType: values.number('sub-type'),
  });

const logOf = (values: Values) => values.text('log') as EventLogName;

const pldm = (values: Values, bit: number): number =>
  values.true('is-comp-id-pldm') && values.has('component-id') ? bit : 0;

function headerOf(values: Values): Partial<EventRecord['header']> {
  const valid =
    (values.has('maint-op-subclass') ? HEADER_VALID.maintenanceSubclass : 0) |
    (values.has('ld-id') ? HEADER_VALID.logicalDevice : 0) |
    (values.has('head-id') ? HEADER_VALID.head : 0);
  return {
    flags: (values.number('flags') & 0xff_ffff) | valid,
    maintenanceClass: values.number('maint-op-class'),
    maintenanceSubclass: values.number('maint-op-subclass'),
    logicalDevice: values.number('ld-id'),
    head: values.number('head-id'),
  };
}

/** Of a count of corrected errors at the event, the descriptor says that a threshold was reached. */
const mediaOf = (values: Values, count: string) => ({
  physicalAddress: values.bigint('dpa'),
  descriptor: values.number('descriptor') | (values.has(count) ? THRESHOLD_EVENT : 0),
  type: values.number('type'),
  transactionType: values.number('transaction-type'),
  channel: values.number('channel'),
  rank: values.number('rank'),
});

function componentOf(values: Values, quirks: Quirks): string {
  const given = values.text('component-id');
  if (quirks.has('component-id-loses-last-byte')) return given.slice(0, COMPONENT_ID_SIZE - 1);
  const leaked = quirks.has('component-id-leaks-memory') && values.has('component-id');
  return (leaked ? `${given}\0stray heap bytes` : given).slice(0, COMPONENT_ID_SIZE).replace(/\0+$/, '');
}
