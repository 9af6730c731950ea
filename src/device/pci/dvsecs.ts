/** The DVSECs of CXL functions, as QEMU fills them in: hw/cxl/cxl-component-utils.c: cxl_component_create_dvsec(). */
import {
  BLOCK_ID,
  CXL_VENDOR,
  DEVICE_DVSEC_ROWS,
  DeviceCapability,
  DVSEC_ID,
  partsOfRangeSize,
  RangeSizeLow,
  REGISTER_LOCATOR_ROWS,
  RegisterBlockLow,
} from '../../codec/cxl/dvsec';
import {
  FLEX_BUS_PORT_ROWS,
  FlexBusCapability,
  FlexBusControl,
  FlexBusReceived,
  GPF_DEVICE_ROWS,
  GPF_PORT_ROWS,
  GPF_SIZE,
  PORT_EXTENSIONS_ROWS,
  PORT_EXTENSIONS_SIZE,
  PortExtensionStatus,
} from '../../codec/cxl/port-dvsec';
import { DVSEC, DvsecHeader1, DvsecHeader2, EXTENDED_ID } from '../../codec/pci/capability';
import type { DvsecFacts, Facts } from '../../ledger/facts';
import type { Register } from '../board/register-block';
import { registersOf } from '../board/rows';

/** What the CDAT says, and the DVSEC need not: media type, memory class. */
const BY_CDAT = 2;

/** What every link here has received. */
const MODIFIED_TS_DATA = 0xef;

/** Revisions differ in length. */
function dvsec(id: number, { revision, length }: DvsecFacts, registers: readonly Register[]) {
  const header = [
    { at: DVSEC.header1, value: DvsecHeader1.encode({ vendorId: CXL_VENDOR, revision, length }) },
    { at: DVSEC.header2, value: DvsecHeader2.encode({ id }) },
  ];
  const own = new Set(registers.map(({ at }) => at));
  return {
    id: EXTENDED_ID.dvsec,
    version: 1,
    size: length,
    registers: [...header.filter(({ at }) => !own.has(at)), ...registers.filter(({ at }) => at < length)],
  };
}

/** CXL r3.1 Section 8.1.3, with up to two capacities; where there is none but dynamic capacity, the first range is empty. */
export function deviceDvsec([first = 0n, second]: readonly bigint[], facts: Facts) {
  const hdmCount = second === undefined ? 1 : 2;
  const capability = { id: DVSEC_ID.device, io: true, mem: true, memHwInit: true, hdmCount };
  const registers = registersOf(DEVICE_DVSEC_ROWS, facts, {
    capability: { value: DeviceCapability.encode(capability) },
    rangeSizeHigh: { value: partsOfRangeSize(first).high },
    rangeSizeLow: { value: sizeLow(first) },
    ...(second !== undefined && {
      range2SizeHigh: { value: partsOfRangeSize(second).high },
      range2SizeLow: { value: sizeLow(second) },
    }),
  });
  return dvsec(DVSEC_ID.device, facts.deviceDvsec, registers);
}

function sizeLow(size: bigint): number {
  const there = { infoValid: true, active: true, mediaType: BY_CDAT, memoryClass: BY_CDAT };
  return RangeSizeLow.encode({ ...there, sizeLow: partsOfRangeSize(size).low });
}

/** Section 8.1.5. */
export function portExtensions(facts: Facts, initialized = false) {
  if (!facts.portExtensions) return [];
  const value = PortExtensionStatus.encode({ id: DVSEC_ID.portExtensions, initialized });
  const registers = registersOf(PORT_EXTENSIONS_ROWS, facts, { status: { value } });
  return [dvsec(DVSEC_ID.portExtensions, { revision: 0, length: PORT_EXTENSIONS_SIZE }, registers)];
}

const GPF = { revision: 0, length: GPF_SIZE };

/** Section 8.1.6. */
export const gpfPort = (facts: Facts) => dvsec(DVSEC_ID.gpfPort, GPF, registersOf(GPF_PORT_ROWS, facts));

/** Section 8.1.7. */
export const gpfDevice = (facts: Facts) => dvsec(DVSEC_ID.gpfDevice, GPF, registersOf(GPF_DEVICE_ROWS, facts));

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
export function flexBusPort(facts: Facts, options: FlexBusOptions = {}) {
  const { ofSwitch = false, writable = 0, enabled = false, largeFlits = false } = options;
  const offered = { id: DVSEC_ID.flexBusPort, cache: ofSwitch, io: true, mem: true, flit68: true };
  const control = enabled
    ? { cacheEnable: ofSwitch, ioEnable: true, memEnable: true, flit68Enable: true }
    : { ioEnable: true };
  const agreed = FlexBusControl.encode({ ...control, io: true, mem: true, flit68: !largeFlits });
  const own = {
    capability: { value: FlexBusCapability.encode(offered) },
    control: { value: agreed, writable },
    receivedTsData: { value: FlexBusReceived.encode({ modifiedTsData: MODIFIED_TS_DATA }) },
  };
  return dvsec(DVSEC_ID.flexBusPort, facts.flexBusPort, registersOf(FLEX_BUS_PORT_ROWS, facts, own));
}

/** Section 8.1.9: component registers in BAR 0; device registers, if there are any, in BAR `deviceBar`. */
export const registerLocator = (facts: Facts, deviceBar?: number) =>
  locator(facts, [{ bar: 0, id: BLOCK_ID.component }, ...(deviceBar === undefined ? [] : [deviceBlock(deviceBar)])]);

/** Of a function that has device registers alone. */
export const mailboxLocator = (facts: Facts, bar: number) => locator(facts, [deviceBlock(bar)]);

const deviceBlock = (bar: number) => ({ bar, id: BLOCK_ID.device });

function locator(facts: Facts, blocks: readonly { readonly bar: number; readonly id: number }[]) {
  const [block1Low, block2Low] = blocks.map((block) => ({ value: RegisterBlockLow.encode(block) }));
  const registers = registersOf(REGISTER_LOCATOR_ROWS, facts, { block1Low, block2Low });
  return dvsec(DVSEC_ID.registerLocator, { revision: 0, length: facts.registerLocatorLength }, registers);
}
