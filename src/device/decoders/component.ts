import {
  CACHE_MEM,
  CACHE_MEM_SIZE,
  CAPABILITY_ID,
  CapabilityElement,
  CapabilityHeader,
} from '../../codec/cxl/component';
import { RAS } from '../../codec/cxl/ras';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import { RegisterBlock } from '../board/register-block';
import { defineBiDecoder } from './bi-decoder';
import { BRIDGE, DEVICE, HdmDecoders, PASSTHROUGH } from './hdm-decoders';
import { Ras } from './ras';

export type ComponentKind =
  | 'host-bridge'
  | 'passthrough'
  | 'root-port'
  | 'upstream-port'
  | 'downstream-port'
  | 'device';

type CapabilityName = keyof Facts['component'];

/** Where each capability is in the array, whichever others there are. QEMU hw/cxl/cxl-component-utils.c. */
const POSITIONS: Record<CapabilityName, number> = {
  ras: 1,
  link: 2,
  hdmDecoder: 3,
  extendedSecurity: 4,
  snoopFilter: 5,
  biDecoder: 7,
};

/** Which capabilities a component of each kind has. CXL r3.1 Table 8-22: CXL_CAPABILITY_ID Assignment. */
const CAPABILITIES: Record<ComponentKind, readonly CapabilityName[]> = {
  'host-bridge': ['link', 'hdmDecoder', 'extendedSecurity', 'snoopFilter'],
  passthrough: ['link', 'hdmDecoder', 'extendedSecurity', 'snoopFilter'],
  'root-port': ['ras', 'link', 'extendedSecurity', 'snoopFilter'],
  'upstream-port': ['ras', 'link', 'hdmDecoder'],
  'downstream-port': ['ras', 'link'],
  device: ['ras', 'link', 'hdmDecoder'],
};

/** Of RAS: all are sticky. */
const RAS_OFFSETS = Array.from({ length: RAS.size / 4 }, (_, n) => 4 * n);

/** What its decoders can do, of a component that has some. */
const DECODERS: Partial<Record<ComponentKind, typeof BRIDGE>> = {
  'host-bridge': BRIDGE,
  passthrough: PASSTHROUGH,
  'root-port': PASSTHROUGH,
  'upstream-port': BRIDGE,
  device: DEVICE,
};

/** CXL component registers: CXL r3.1 Section 8.2.4: CXL.cache and CXL.mem Registers. */
export interface Component {
  readonly registers: RegisterBlock;
  /** None in a root port, and in a host bridge that passes everything to its only root port. */
  readonly decoders: HdmDecoders | undefined;
  readonly ras: Ras | undefined;
  /** As after power-on; in a hot reset, errors and their masks stay. */
  reset(hot?: boolean): void;
}

/** What not all components of a kind have. */
export interface ComponentOptions {
  /** Of a device: whether its memory can be coherent by back-invalidation, HDM-DB. */
  readonly backInvalidate?: boolean | undefined;
  /** The time, in nanoseconds since power-on; it stands still unless given. */
  readonly now?: () => bigint;
}

export function component(
  kind: ComponentKind,
  facts: Facts,
  quirks: Quirks,
  { backInvalidate = false, now = () => 0n }: ComponentOptions = {},
): Component {
  const parts = quirks.has('narrow-component-writes') ? 'widened' : 'ignored';
  const registers = new RegisterBlock(CACHE_MEM + CACHE_MEM_SIZE, { parts });
  const isHostBridge = kind === 'host-bridge' || kind === 'passthrough';
  const isPort = kind === 'root-port' || kind === 'downstream-port';
  const hasBiDecoder = isPort ? facts.portLargeFlits : backInvalidate && !quirks.has('bi-decoder-missing');
  const names = [
    ...CAPABILITIES[kind].filter((name) => name !== 'ras' || !quirks.has('ras-missing')),
    ...(kind === 'root-port' && quirks.has('root-port-has-decoders') ? (['hdmDecoder'] as const) : []),
    ...(hasBiDecoder ? (['biDecoder'] as const) : []),
    ...(isHostBridge && quirks.has('host-bridge-has-ras') ? (['ras'] as const) : []),
  ];
  const arraySize = Math.max(...names.map((name) => POSITIONS[name]));
  const version = quirks.has('capability-header-without-version') ? 0 : 1;
  const header = { id: CAPABILITY_ID.capability, version, cacheMemVersion: version, arraySize };
  registers.define([{ at: CACHE_MEM, value: CapabilityHeader.encode(header) }]);
  const elements = names.map((name) => {
    const { version, at } = facts.component[name];
    const pointer = name === 'link' && quirks.has('link-overlaps-ras') ? facts.component.ras.at : at;
    const hidden = kind === 'passthrough' && name === 'hdmDecoder'; // QEMU hides what it has
    const element = { id: hidden ? 0 : CAPABILITY_ID[name], version, pointer };
    return { at: 4 * POSITIONS[name], value: CapabilityElement.encode(element) };
  });
  registers.define(elements, CACHE_MEM);
  const startOf = (name: CapabilityName) => (names.includes(name) ? CACHE_MEM + facts.component[name].at : undefined);
  const [decodersAt, rasAt, biDecoderAt] = [startOf('hdmDecoder'), startOf('ras'), startOf('biDecoder')];
  const capability = DECODERS[kind];
  const decoders =
    decodersAt &&
    capability &&
    new HdmDecoders(registers, decodersAt, { ...capability, backInvalidate }, facts, quirks);
  const options = { explicitCommit: kind === 'downstream-port', ofDevice: kind === 'device', now };
  if (biDecoderAt) defineBiDecoder(registers, biDecoderAt, options, facts, quirks);
  const routes = kind !== 'passthrough' && kind !== 'root-port';
  const ras = rasAt === undefined ? undefined : new Ras(registers, rasAt, kind === 'device', facts, quirks);
  const reset = (hot = false) => {
    const keeps = hot && rasAt !== undefined && !quirks.has('ras-cleared-by-hot-reset');
    registers.reset(...(keeps ? RAS_OFFSETS.map((at) => rasAt + at) : []));
    if (!keeps) ras?.reset();
  };
  return { registers, decoders: (routes && decoders) || undefined, ras, reset };
}
