/** Which properties of the devices of a CXL machine a topology has, and which have no effect on anything that is compared. */
import { devicesOf } from '../ledger/devices';
import type { Option } from './option';

/** Those that are read, of any device. */
const MODELLED: ReadonlySet<string> = new Set(
  `addr multifunction port chassis slot hotplug power_controller_present disable-acs x-speed x-width x-256b-flit hdm-db bus_nr
  numa_node hdm_for_passthrough sn target memdev lsa persistent-memdev volatile-memdev num-dc-regions volatile-dc-memdev membar`.split(
    /\s+/,
  ),
);

/** Of no effect on anything that is compared, and why. */
export const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  rombar: 'none of these devices has a ROM',
  romfile: 'firmware here runs no ROM',
  romsize: 'firmware here runs no ROM',
  'acpi-index': 'it is a name in the DSDT, of which only CXL is compared',
  failover_pair_id: 'it is about migration',
  'x-max-bounce-buffer-size': 'it is about DMA of the host',
  bypass_iommu: 'it is in the DMAR, IVRS and IORT alone, which are not compared',
  'bus-reserve': 'it is a hint to firmware, which the firmware here does not take',
  'io-reserve': 'it is a hint to firmware, which the firmware here does not take',
  'mem-reserve': 'it is a hint to firmware, which the firmware here does not take',
  'pref32-reserve': 'it is a hint to firmware, which the firmware here does not take',
  'pref64-reserve': 'it is a hint to firmware, which the firmware here does not take',
  aer_log_max: 'it is how many errors QEMU keeps while none can be reported',
  'x-pci-express-writeable-slt-bug': 'it is for migration from older machine types',
  'x-migrate-msix': 'it is about migration',
  'membar-backed': 'nothing here reads what is in the BAR',
};

/** Those that change registers in a way that has no model, and are refused. */
export const NOT_MODELLED: ReadonlySet<string> = new Set(
  `cdat sriov-pf x-pcie-lnksta-dllla x-pcie-extcap-init x-pcie-ext-tag x-pcie-err-unc-mask x-pcie-ari-nextfn-1
  x-native-hotplug x-do-not-expose-native-hotplug-cap`.split(/\s+/),
);

export const isModelled = (property: string): boolean => MODELLED.has(property);

/** Beside a device's properties: what it is, and where. */
const PLACE = new Set(['driver', 'id', 'bus']);

const KNOWN = devicesOf();

/** @throws RangeError for a property that has no model */
export function checkProperties(device: Option): void {
  const driver = `${device.value('driver')}`;
  if (!KNOWN[driver]) return;
  const found = device.keys.find((key) => !PLACE.has(key) && !MODELLED.has(key) && !(key in WITHOUT_EFFECT));
  if (found !== undefined) throw new RangeError(`property ${found} of ${driver} is not modelled`);
}
