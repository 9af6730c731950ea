/** The devices and objects of QEMU that a CXL machine is made of, as far as its command line goes: `-device NAME,help`. */
import { precedes } from './release';

export type PropertyType =
  | ('uint8' | 'uint16' | 'uint32' | 'uint64' | 'size' | 'bool' | 'text')
  | ('address' | 'link speed' | 'link width')
  | ('memory-backend' | 'cxl-upstream'); // the id of such a thing

/** Properties of each device, by name. */
export type Devices = Readonly<Record<string, Readonly<Record<string, PropertyType>>>>;

/** A property, and the releases that have it, half-open; tried on 7.2, 10.0 and 11.1, and between them by commits. */
type Property = PropertyType | readonly [type: PropertyType, from: string, until?: string];

type Properties = Readonly<Record<string, Property>>;

const LINK: Properties = { 'x-speed': ['link speed', '9.2'], 'x-width': ['link width', '9.2'] };
const FLIT: Properties = { 'x-256b-flit': ['bool', '11.0'] };

const PCI: Properties = {
  addr: 'address',
  multifunction: 'bool',
  rombar: 'uint32',
  romfile: 'text',
  romsize: 'uint32',
  'acpi-index': 'uint32',
  failover_pair_id: 'text',
  'sriov-pf': ['text', '10.1'],
  'x-pcie-lnksta-dllla': 'bool',
  'x-pcie-extcap-init': ['bool', '7.1', '11.0'],
  'x-pcie-ext-tag': ['bool', '10.0'],
  'x-pcie-err-unc-mask': ['bool', '8.1'],
  'x-pcie-ari-nextfn-1': ['bool', '8.2'],
  'x-max-bounce-buffer-size': ['size', '9.2'],
};

const SLOT: Properties = {
  port: 'uint8',
  chassis: 'uint8',
  slot: 'uint16',
  hotplug: 'bool',
  aer_log_max: 'uint16',
  'x-native-hotplug': ['bool', '7.1', '8.0'],
  'x-do-not-expose-native-hotplug-cap': ['bool', '8.0'],
  'x-pci-express-writeable-slt-bug': ['bool', '9.0'],
};

const ROOT_PORT: Properties = {
  power_controller_present: 'bool',
  'disable-acs': ['bool', '7.1', '11.0'],
  'bus-reserve': 'uint32',
  'io-reserve': 'size',
  'mem-reserve': 'size',
  'pref32-reserve': 'size',
  'pref64-reserve': 'size',
};

/** A device that is not in all releases has the first one. */
const DEVICES: Readonly<Record<string, { readonly from?: string; readonly properties: Properties }>> = {
  'pxb-cxl': {
    properties: { bus_nr: 'uint8', numa_node: 'uint16', bypass_iommu: 'bool', hdm_for_passthrough: ['bool', '8.0'] },
  },
  'cxl-rp': { properties: { ...SLOT, ...ROOT_PORT, ...LINK, ...FLIT } },
  'cxl-upstream': {
    properties: {
      port: 'uint8',
      cdat: 'text',
      sn: ['uint64', '8.2'],
      aer_log_max: 'uint16',
      'x-pci-express-writeable-slt-bug': ['bool', '9.0'],
      ...LINK,
      ...FLIT,
    },
  },
  'cxl-downstream': { properties: { ...SLOT, ...LINK, ...FLIT } },
  'cxl-switch-mailbox-cci': { from: '8.2', properties: { target: 'cxl-upstream' } },
  'cxl-type3': {
    properties: {
      memdev: 'memory-backend',
      lsa: 'memory-backend',
      sn: ['uint64', '7.2'],
      cdat: ['text', '7.2'],
      'persistent-memdev': ['memory-backend', '8.1'],
      'volatile-memdev': ['memory-backend', '8.1'],
      'num-dc-regions': ['uint8', '9.1'],
      'volatile-dc-memdev': ['memory-backend', '9.1'],
      ...LINK,
      ...FLIT,
      'hdm-db': ['bool', '11.0'],
    },
  },
  'pci-testdev': { properties: { membar: 'size', 'membar-backed': ['bool', '10.1'] } },
  'pcie-root-port': {
    properties: {
      ...SLOT,
      ...ROOT_PORT,
      'x-migrate-msix': ['bool', '7.1', '11.0'],
      'x-speed': 'link speed',
      'x-width': 'link width',
    },
  },
};

const OBJECTS: Readonly<Record<string, string>> = {
  'memory-backend-ram': '7.1',
  'memory-backend-file': '7.1',
  'memory-backend-memfd': '7.1',
  'acpi-generic-initiator': '9.0',
  'acpi-generic-port': '9.2',
};

/** Those of a release such as `10.0.13`; those of any release unless it is given. */
export const devicesOf = (release?: string): Devices =>
  Object.fromEntries(
    Object.entries(DEVICES).flatMap(([name, device]) => {
      if (!has(release, device.from)) return [];
      const all = Object.entries({ ...PCI, ...device.properties });
      return [[name, Object.fromEntries(all.flatMap(([key, property]) => typeIn(property, release, key)))]];
    }),
  );

/** What a property is called in releases before it, where it has no other meaning there. */
const FORMER_NAMES: Readonly<Record<string, string>> = { 'cxl-type3.persistent-memdev': 'memdev' };

/**
 * Since when QEMU has an object, a device or `cxl-type3.sn`, for whoever has one without it: `, which came with QEMU 8.1`; with
 * what is the same there. Nothing is said of what there is in all releases, or in none.
 */
export function cameWith(name: string): string {
  const [device = '', key] = name.split('.');
  const property = DEVICES[device]?.properties[key ?? ''];
  const ofProperty = typeof property === 'object' ? property[1] : undefined;
  const since = key === undefined ? (DEVICES[device]?.from ?? OBJECTS[device]) : ofProperty;
  if (since === undefined) return '';
  const former = FORMER_NAMES[name];
  return `, which came with QEMU ${since}${former ? `; ${former} is the same there` : ''}`;
}

/** Types of `-object`. */
export const objectsOf = (release?: string): string[] =>
  Object.keys(OBJECTS).filter((type) => has(release, OBJECTS[type]));

function typeIn(property: Property, release: string | undefined, key: string): [string, PropertyType][] {
  if (typeof property === 'string') return [[key, property]];
  const [type, from, until] = property;
  return has(release, from, until) ? [[key, type]] : [];
}

const has = (release: string | undefined, from = '', until?: string): boolean =>
  release === undefined || (!precedes(release, from) && (until === undefined || precedes(release, until)));
