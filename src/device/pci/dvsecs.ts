/** The DVSECs of CXL functions, as QEMU fills them in: hw/cxl/cxl-component-utils.c: cxl_component_create_dvsec(). */
import {
  BLOCK_ID,
  CXL_VENDOR,
  DEVICE_DVSEC,
  DeviceCapability,
  DeviceControl,
  DeviceControl2,
  DeviceLock,
  DVSEC_ID,
  RangeBaseLow,
  RangeSizeLow,
  REGISTER_LOCATOR,
  RegisterBlockLow,
} from '../../codec/cxl/dvsec';
import {
  AlternateMemory,
  FLEX_BUS_PORT,
  FlexBusCapability,
  FlexBusControl,
  FlexBusReceived,
  GPF_DEVICE,
  GPF_PORT,
  GpfDuration,
  GpfPortPhases,
  GpfPower,
  PORT_EXTENSIONS,
  PortExtensionControl,
  PortExtensionStatus,
} from '../../codec/cxl/port-dvsec';
import { DVSEC, DvsecHeader1, DvsecHeader2, EXTENDED_ID } from '../../codec/pci/capability';
import type { DvsecFacts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { Register } from '../board/register-block';

const ALL_BITS = 0xffff_ffff;

/** What was left on the stack, say. */
const STRAY = 0x5a5a_0000;

/** What the CDAT says, and the DVSEC need not: media type, memory class. */
const BY_CDAT = 2;

/** Bytes of a Register Locator with room for three blocks. */
const LOCATOR_LENGTH = 0x24;

/** What every link here has received. */
const MODIFIED_TS_DATA = 0xef;

function dvsec(id: number, { revision, length }: DvsecFacts, registers: readonly Register[], survives = false) {
  const header = [
    { at: DVSEC.header1, value: DvsecHeader1.encode({ vendorId: CXL_VENDOR, revision, length }) },
    { at: DVSEC.header2, value: DvsecHeader2.encode({ id }) },
  ];
  const own = new Set(registers.map(({ at }) => at));
  return {
    id: EXTENDED_ID.dvsec,
    version: 1,
    size: length,
    registers: [
      ...header.filter(({ at }) => !own.has(at)),
      ...registers.map((each) => (survives ? { ...each, sticky: each.sticky ?? each.writable ?? 0 } : each)),
    ],
  };
}

/** CXL r3.1 Section 8.1.3, with up to two capacities; where there is none but dynamic capacity, the first range is empty. */
export function deviceDvsec(capacities: readonly bigint[], facts: DvsecFacts, quirks: Quirks) {
  const mem = !quirks.has('cxl-mem-not-reported');
  const hdmCount = quirks.has('second-range-uncounted') ? 1 : Math.max(capacities.length, 1);
  const capability = { id: DVSEC_ID.device, io: true, mem, memHwInit: true, hdmCount };
  return dvsec(
    DVSEC_ID.device,
    facts,
    [
      { at: DEVICE_DVSEC.capability, value: DeviceCapability.encode(capability) },
      {
        at: DEVICE_DVSEC.control,
        value: DeviceControl.encode({ ioEnable: true }),
        writable: DeviceControl.writable,
        sticky: quirks.has('mem-enable-survives-reset') ? DeviceControl.writable : 0,
      },
      {
        at: DEVICE_DVSEC.control2,
        value: DeviceControl2.encode({ resetComplete: true }),
        writable: DeviceControl2.writable,
      },
      { at: DEVICE_DVSEC.lock, writable: DeviceLock.writable },
      ...[capacities[0] ?? 0n, capacities[1]].flatMap((size, n) => rangeRegisters(n, size, quirks)),
      ...(quirks.has('device-dvsec-tail-not-zero') ? [{ at: DEVICE_DVSEC.capability3, value: STRAY }] : []),
    ],
    quirks.has('device-dvsecs-survive-reset'),
  );
}

function rangeRegisters(n: number, size: bigint | undefined, quirks: Quirks): Register[] {
  const at = n * DEVICE_DVSEC.rangeStride;
  const there = { infoValid: true, active: true, mediaType: BY_CDAT, memoryClass: BY_CDAT };
  const low =
    size === undefined
      ? {}
      : { ...there, sizeLow: quirks.has('cxl-mem-not-reported') ? 0 : Number((size >> 28n) & 0xfn) };
  return [
    { at: at + DEVICE_DVSEC.rangeSizeHigh, value: Number((size ?? 0n) >> 32n) },
    { at: at + DEVICE_DVSEC.rangeSizeLow, value: RangeSizeLow.encode(low) },
    { at: at + DEVICE_DVSEC.rangeBaseHigh, writable: ALL_BITS },
    { at: at + DEVICE_DVSEC.rangeBaseLow, writable: quirks.has('range-base-read-only') ? 0 : RangeBaseLow.writable },
  ];
}

/** Section 8.1.5. */
export function portExtensions(quirks: Quirks, initialized = false) {
  if (quirks.has('port-extensions-missing')) return [];
  const status = PortExtensionStatus.encode({ id: DVSEC_ID.portExtensions, initialized });
  const registers = [
    { at: PORT_EXTENSIONS.status, value: status },
    { at: PORT_EXTENSIONS.control, writable: PortExtensionControl.writable },
    { at: PORT_EXTENSIONS.alternateMemory, writable: AlternateMemory.writable },
    { at: PORT_EXTENSIONS.alternatePrefetchable, writable: AlternateMemory.writable },
    { at: PORT_EXTENSIONS.alternatePrefetchableBaseHigh, writable: ALL_BITS },
    { at: PORT_EXTENSIONS.alternatePrefetchableLimitHigh, writable: ALL_BITS },
  ];
  const facts = { revision: 0, length: PORT_EXTENSIONS.size };
  return [dvsec(DVSEC_ID.portExtensions, facts, registers, quirks.has('port-dvsecs-survive-reset'))];
}

/** Section 8.1.6: a microsecond for each phase. */
export function gpfPort(quirks: Quirks) {
  const value = GpfPortPhases.encode({ phase1Base: 1, phase2Base: 1 });
  const registers = [{ at: GPF_PORT.phases, value, writable: GpfPortPhases.writable }];
  const facts = { revision: 0, length: GPF_PORT.size };
  return dvsec(DVSEC_ID.gpfPort, facts, registers, quirks.has('port-dvsecs-survive-reset'));
}

/** Section 8.1.7: 3 s, 51 mW. */
export function gpfDevice(quirks: Quirks) {
  const duration = GpfDuration.encode({ id: DVSEC_ID.gpfDevice, base: 3, scale: 6 });
  const registers = [
    { at: GPF_DEVICE.duration, value: duration, writable: GpfDuration.writable },
    { at: GPF_DEVICE.power, value: GpfPower.encode({ milliwatts: 0x33 }), writable: GpfPower.writable },
  ];
  const facts = { revision: 0, length: GPF_DEVICE.size };
  return dvsec(DVSEC_ID.gpfDevice, facts, registers, quirks.has('device-dvsecs-survive-reset'));
}

export interface FlexBusOptions {
  /** Whether it is of a switch, and offers CXL.cache. */
  readonly ofSwitch?: boolean;
  /** Bits of Control that software can change; none unless given. */
  readonly writable?: number;
  /** Whether all that is offered is enabled. */
  readonly enabled?: boolean;
  readonly largeFlits?: boolean;
}

/** Section 8.1.8: what is negotiated is CXL.io and CXL.mem, in flits of 68 bytes unless the port uses larger ones. */
export function flexBusPort(facts: DvsecFacts, quirks: Quirks, options: FlexBusOptions = {}) {
  const { ofSwitch = false, writable = 0, enabled = false, largeFlits = false } = options;
  const offered = { cache: ofSwitch, io: true, mem: true, flit68: true };
  const control = enabled
    ? { cacheEnable: ofSwitch, ioEnable: true, memEnable: true, flit68Enable: true }
    : { ioEnable: true };
  const length = quirks.has('flex-bus-port-short') ? FLEX_BUS_PORT.capability2 : facts.length;
  return dvsec(
    DVSEC_ID.flexBusPort,
    { ...facts, length },
    [
      { at: FLEX_BUS_PORT.capability, value: FlexBusCapability.encode({ id: DVSEC_ID.flexBusPort, ...offered }) },
      {
        at: FLEX_BUS_PORT.control,
        value: FlexBusControl.encode({ ...control, io: true, mem: true, flit68: !largeFlits }),
        writable,
      },
      { at: FLEX_BUS_PORT.receivedTsData, value: FlexBusReceived.encode({ modifiedTsData: MODIFIED_TS_DATA }) },
    ],
    quirks.has('port-dvsecs-survive-reset'),
  );
}

const locatorLength = (quirks: Quirks): number => LOCATOR_LENGTH - (quirks.has('register-locator-cut-off') ? 4 : 0);

/** Of a function that has device registers alone. */
export const mailboxLocator = (bar: number) =>
  dvsec(DVSEC_ID.registerLocator, { revision: 0, length: LOCATOR_LENGTH }, [
    { at: REGISTER_LOCATOR.firstBlock, value: RegisterBlockLow.encode({ bar, id: BLOCK_ID.device }) },
  ]);

/** Section 8.1.9: component registers in BAR 0; device registers, if there are any, in BAR `deviceBar`. */
export const registerLocator = (quirks: Quirks, deviceBar?: number) =>
  dvsec(DVSEC_ID.registerLocator, { revision: 0, length: locatorLength(quirks) }, [
    { at: REGISTER_LOCATOR.firstBlock, value: RegisterBlockLow.encode({ bar: 0, id: BLOCK_ID.component }) },
    ...(deviceBar === undefined
      ? []
      : [
          {
            at: REGISTER_LOCATOR.firstBlock + REGISTER_LOCATOR.blockSize,
            value: RegisterBlockLow.encode({ bar: deviceBar, id: BLOCK_ID.device }),
          },
        ]),
  ]);
