/** The devices of QEMU that a CXL machine is made of, as far as its command line goes: `-device NAME,help`. */
import { isIn, type Properties, type PropertyType, typesIn } from './property';

/** Properties of each device, by name. */
export type Devices = Readonly<Record<string, Readonly<Record<string, PropertyType>>>>;

const NO_ROM = { withoutEffect: 'firmware here runs no ROM' } as const;
const MIGRATION = { withoutEffect: 'it is about migration' } as const;

const LINK = {
  'x-speed': { type: 'link speed', from: '9.2', field: 'speed', drawn: [1, 2, 3, 4, 5, 6] },
  'x-width': { type: 'link width', from: '9.2', field: 'width', drawn: [1, 2, 4, 8, 12, 16, 32] },
} as const satisfies Properties;

const FLIT = {
  'x-256b-flit': { type: 'bool', from: '11.0', field: 'largeFlits' },
} as const satisfies Properties;

const MULTI_FUNCTION = { multifunction: { type: 'bool', field: 'multiFunction' } } as const satisfies Properties;

const PCI = {
  ...MULTI_FUNCTION,
  addr: { type: 'address', apart: true },
  rombar: { type: 'uint32', withoutEffect: 'none of these devices has a ROM' },
  romfile: { type: 'text', ...NO_ROM },
  romsize: { type: 'uint32', ...NO_ROM },
  'acpi-index': { type: 'uint32', withoutEffect: 'it is a name in the DSDT, of which only CXL is compared' },
  failover_pair_id: { type: 'text', ...MIGRATION },
  'sriov-pf': { type: 'text', from: '10.1' },
  'x-pcie-lnksta-dllla': { type: 'bool' },
  'x-pcie-extcap-init': { type: 'bool', until: '11.0' },
  'x-pcie-ext-tag': { type: 'bool', from: '10.0' },
  'x-pcie-err-unc-mask': { type: 'bool', from: '8.1' },
  'x-pcie-ari-nextfn-1': { type: 'bool', from: '8.2' },
  'x-max-bounce-buffer-size': { type: 'size', from: '9.2', withoutEffect: 'it is about DMA of the host' },
} as const satisfies Properties;

const ERROR_LOG = {
  aer_log_max: { type: 'uint16', withoutEffect: 'it is how many errors QEMU keeps while none can be reported' },
  'x-pci-express-writeable-slt-bug': {
    type: 'bool',
    from: '9.0',
    withoutEffect: 'it is for migration from older machine types',
  },
} as const satisfies Properties;

const SLOT = {
  port: { type: 'uint8', field: 'number', drawn: [0, 1, 5, 9, 13, 31, 255] },
  chassis: { type: 'uint8', field: 'chassis', apart: true },
  slot: { type: 'uint16', field: 'slot', apart: true },
  hotplug: { type: 'bool', field: 'hotPlug', usual: true, drawn: [true, false] },
  'x-native-hotplug': { type: 'bool', until: '8.0' },
  'x-do-not-expose-native-hotplug-cap': { type: 'bool', from: '8.0' },
} as const satisfies Properties;

const HINT = {
  type: 'size',
  withoutEffect: 'it is a hint to firmware, which the firmware here does not take',
} as const;

const ROOT_PORT = {
  power_controller_present: { type: 'bool', field: 'powerController', usual: true, drawn: [true, false] },
  'disable-acs': {
    type: 'bool',
    from: '7.1',
    until: '11.0',
    field: 'accessControl',
    usual: true,
    negated: true,
    drawn: [true, false],
  },
  'bus-reserve': { ...HINT, type: 'uint32' },
  'io-reserve': HINT,
  'mem-reserve': HINT,
  'pref32-reserve': HINT,
  'pref64-reserve': HINT,
} as const satisfies Properties;

const HOST_BRIDGE = {
  bus_nr: { type: 'uint8', field: 'bus', usual: 0, always: true },
  hdm_for_passthrough: {
    type: 'bool',
    from: '8.0', // before, every bridge had decoders
    field: 'hdmForPassthrough',
    goesWithout: true,
    drawn: [true, false],
  },
  numa_node: { type: 'uint16', field: 'node', usual: 128 },
  bypass_iommu: {
    type: 'bool',
    withoutEffect: 'it is in the DMAR, IVRS and IORT alone, which are not compared',
  },
} as const satisfies Properties;

const UPSTREAM = {
  port: { type: 'uint8', field: 'port', usual: 0, drawn: [0, 1, 2] },
  sn: { type: 'uint64', from: '8.2', field: 'serial', drawn: 'any' },
  cdat: { type: 'text' },
} as const satisfies Properties;

const TYPE3 = {
  memdev: { type: 'memory-backend', apart: true },
  'persistent-memdev': { type: 'memory-backend', from: '8.1', formerly: 'memdev', apart: true },
  'volatile-memdev': { type: 'memory-backend', from: '8.1', apart: true },
  'num-dc-regions': { type: 'uint8', from: '9.1', apart: true },
  'volatile-dc-memdev': { type: 'memory-backend', from: '9.1', apart: true },
  lsa: { type: 'memory-backend', apart: true },
  sn: { type: 'uint64', from: '7.2', field: 'serial', usual: 2n ** 64n - 1n, always: true, unsaid: true, drawn: 'any' },
  cdat: { type: 'text', from: '7.2' },
  'hdm-db': {
    type: 'bool',
    from: '11.0',
    field: 'backInvalidate',
    drawn: [true, false],
    needs: { property: 'x-256b-flit', complaint: 'hdm-db requires operating in 256b flit' },
  },
  ...LINK,
  'x-256b-flit': { ...FLIT['x-256b-flit'], drawn: [true, false] },
} as const satisfies Properties;

const TEST_DEVICE = {
  membar: { type: 'size', from: '7.1', field: 'bar', usual: 0n },
  'membar-backed': { type: 'bool', from: '10.1', withoutEffect: 'nothing here reads what is in the BAR' },
} as const satisfies Properties;

/** What a topology has of devices. */
export const FIELDS = {
  port: { ...MULTI_FUNCTION, ...SLOT, ...ROOT_PORT, ...LINK, ...FLIT },
  upstreamPort: { ...MULTI_FUNCTION, ...LINK, ...FLIT },
  hostBridge: HOST_BRIDGE,
  switch: UPSTREAM,
  type3: TYPE3,
  testDevice: TEST_DEVICE,
} as const;

interface DeviceRow {
  /** The first release that has it, if not all have. */
  readonly from?: string;
  /** Whether it is there from the beginning, or never: `device_add` refuses it. */
  readonly fixed?: true;
  readonly properties: Properties;
}

const DEVICES = {
  'pxb-cxl': { fixed: true, properties: HOST_BRIDGE },
  'cxl-rp': { fixed: true, properties: { ...SLOT, ...ROOT_PORT, ...LINK, ...FLIT, ...ERROR_LOG } },
  'cxl-upstream': { properties: { ...UPSTREAM, ...LINK, ...FLIT, ...ERROR_LOG } },
  'cxl-downstream': { properties: { ...SLOT, ...LINK, ...FLIT, ...ERROR_LOG } },
  'cxl-switch-mailbox-cci': { from: '8.2', properties: { target: { type: 'cxl-upstream', apart: true } } },
  'cxl-type3': { properties: TYPE3 },
  'pci-testdev': { properties: TEST_DEVICE },
  'pcie-root-port': {
    properties: {
      ...SLOT,
      ...ROOT_PORT,
      ...ERROR_LOG,
      'x-migrate-msix': { type: 'bool', until: '11.0', ...MIGRATION },
      'x-speed': { ...LINK['x-speed'], from: '' },
      'x-width': { ...LINK['x-width'], from: '' },
    },
  },
} as const satisfies Readonly<Record<string, DeviceRow>>;

export type KnownDevice = keyof typeof DEVICES;

export const DEVICE_NAMES = Object.keys(DEVICES) as readonly KnownDevice[];

/** Every row of a device, with those that all PCI functions have; undefined for one that is not known here. */
export const propertiesOf = (driver: string): Properties | undefined => ROWS.get(driver);

const ROWS: ReadonlyMap<string, Properties> = new Map(
  Object.entries<DeviceRow>(DEVICES).map(([name, { properties }]) => [name, { ...PCI, ...properties }]),
);

export const isFixed = (driver: string): boolean =>
  Object.entries<DeviceRow>(DEVICES).some(([name, { fixed }]) => name === driver && fixed);

/** Those of a release such as `10.0.13`; those of any release unless it is given. */
export const devicesOf = (release?: string): Devices =>
  Object.fromEntries(
    Object.entries<DeviceRow>(DEVICES).flatMap(([name, { from, properties }]) =>
      isIn(release, from) ? [[name, typesIn({ ...PCI, ...properties }, release)]] : [],
    ),
  );

/** Since when QEMU has a device; undefined for one that all releases have, or none. */
export const deviceFrom = (name: string): string | undefined =>
  (DEVICES as Readonly<Record<string, DeviceRow>>)[name]?.from;
