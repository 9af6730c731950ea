/** Properties of machine q35, by the release that brought them: `-machine q35,help`, and those of one machine alone, which that does not list. */
import { isIn } from './property';

/** Of all releases. A build with libigvm has igvm-cfg too. */
const ALWAYS =
  `type accel acpi append boot bus-lock-ratelimit confidential-guest-support cxl cxl-fmw default-bus-bypass-iommu
  dt-compatible dtb dump-guest-core dumpdtb firmware graphics hmat hpet i8042 igd-passthru initrd kernel kernel-irqchip
  kvm-shadow-mem max-fw-size max-ram-below-4g mem-merge memory memory-backend memory-encryption nvdimm nvdimm-persistence
  pcspk-audiodev pflash0 pflash1 phandle-start pic pit sata sgx-epc smbios-entry-point-type smbus smm smp suppress-vmdesc usb
  vmport x-oem-id x-oem-table-id`.split(/\s+/);

const SINCE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(ALWAYS.map((name) => [name, ''])),
  'fd-bootchk': '9.0',
  'smp-cache': '9.2',
  'aux-ram-share': '10.0',
  shim: '10.0',
  spcr: '10.1',
  'x-change-vmfd-on-reset': '11.0',
  wdat: '11.1',
};

/** Of a release such as `10.0.13`; of the newest one unless it is given. */
export const machinePropertiesOf = (release?: string): ReadonlySet<string> =>
  new Set(Object.keys(SINCE).filter((name) => isIn(release, SINCE[name])));
