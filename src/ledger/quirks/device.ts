/** Quirks of devices: commands, media, what a reset does to them. */
import { LinkCapabilities } from '../../codec/pci/capability';
import type { Quirk } from './quirk';
import { survives } from './register-changes';

export const deviceQuirks = {
  'mem-enable-survives-reset': {
    summary:
      'Mem_Enable of the DVSEC survives a reset of the machine, and Linux then gives the device no endpoint port.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: ct3d_reset()',
    releases: [{ from: '7.1' }],
    registers: [survives('CXL Device DVSEC Control and Status')],
  },
  'event-interrupt-policy-ignored': {
    summary:
      'Set Event Interrupt Policy succeeds and changes nothing, so Linux, which asks again, gives the device up.',
    source: 'tried on 7.2.22; hw/cxl/cxl-mailbox-utils.c: DEFINE_MAILBOX_HANDLER_NOP(), gone with 6676bb973b',
    releases: [{ from: '7.2', fixedIn: '8.1' }],
    linuxFrom: '6.3',
  },
  'media-lost-at-reset': {
    summary: 'A device forgets what its persistent media hold when the machine is reset.',
    source: 'planted',
  },
  'identify-swaps-capacities': {
    summary: 'Identify Memory Device reports the volatile capacity as persistent, and the reverse.',
    source: 'planted',
  },
  'identify-rounds-down': {
    summary: 'Identify Memory Device reports a capacity that is no multiple of 256 MiB as the next smaller one.',
    source: 'planted',
  },
  'identify-counts-bytes': {
    summary: 'Identify Memory Device reports capacities in bytes and not in multiples of 256 MiB.',
    source: 'planted',
  },
  'hot-added-capacity-zero': {
    summary: 'A device that was added at run time reports no capacity.',
    source: 'planted',
  },
  'hot-added-device-unreached': {
    summary: 'Host bridges route accesses only to devices that were there at power-on.',
    source: 'planted',
  },
  'hot-plug-unheard': {
    summary: 'Root ports have no MSI, and no interrupt of theirs tells software that a device has come or is to go.',
    source: 'tried on 7.2.22 with Linux 6.1; hw/pci-bridge/cxl_root_port.c has MSI since 8.0',
    releases: [{ from: '7.1', fixedIn: '8.0' }],
    facts: { rootPortMsi: false },
  },
  'removal-never-reported': {
    summary: 'QMP does not report DEVICE_DELETED for a Type 3 device that was removed.',
    source: 'tried on 7.2.22 and 10.0.13, not so on 11.1.3; hw/mem/cxl_type3.c: ct3_exit()',
    releases: [{ from: '7.1', fixedIn: '10.2' }],
  },
  'backend-kept-after-removal': {
    summary: 'The memory backends of a Type 3 device that was removed stay in use, and cannot be deleted.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: ct3_exit()',
    releases: [{ from: '7.1' }],
  },
  'plugged-in-unchecked': {
    summary: 'A running QEMU takes any device, whatever it is and wherever it is to be.',
    source: 'planted',
  },
  'plugging-refused-otherwise': {
    summary: 'A running QEMU refuses devices that cannot be plugged in in other words.',
    source: 'tried on 7.2.22, not so on 10.0.13; system/qdev-monitor.c: qdev_get_device_class()',
    releases: [{ from: '7.1', fixedIn: '10.0' }],
  },
  'taken-slot-taken-again': {
    summary: 'A running QEMU takes a device into a slot that has one.',
    source: 'tried on 7.2.22, not so on 10.0.13; hw/pci/pci.c: do_pci_register_device()',
    releases: [{ from: '7.1', fixedIn: '10.0' }],
  },
  'refused-type3-left-behind': {
    summary:
      'A Type 3 device that is refused at run time for want of labels stays among the address spaces: QEMU ends by SIGSEGV later.',
    source: 'gone with adacc814f5, tried on 7.2.22, not so on 10.0.13; hw/mem/cxl_type3.c: cxl_setup_memory()',
    releases: [{ from: '7.1', fixedIn: '8.1' }],
  },
  'backend-refused-after-removal': {
    summary: 'The memory backend of a Type 3 device that was removed is refused to another one, as if it were in use.',
    source: 'tried on 10.0.13 and 11.1.3, not so on 7.2.22; hw/mem/cxl_type3.c: ct3_exit(), since 9de2049c95',
    releases: [{ from: '9.1' }],
  },
  'removal-unreported-after-commit': {
    summary: 'QMP does not report DEVICE_DELETED for a Type 3 device that a window was mapped to directly.',
    source:
      'tried on 11.1.3; hw/cxl/cxl-component-utils.c: the alias of a direct mapping keeps a reference to the device',
    releases: [{ from: '11.1' }],
  },
  'downstream-port-keeps-device': {
    summary:
      'A slot of a switch never lets its device go, for it waits for power to be switched off, and has no switch.',
    source:
      'tried on 7.2.22, 10.0.13 and 11.1.3; hw/pci/pcie.c: pcie_cap_slot_write_config(), no power_controller_present',
    releases: [{ from: '7.1' }],
  },
  'stale-direct-mapping': {
    summary:
      'Addresses that a device decoder has mapped reach its media after Commit was cleared, or the device removed.',
    source: 'tried on 11.1.3, not so on 10.0.13; hw/cxl/cxl-component-utils.c: the alias of a direct mapping stays',
    releases: [{ from: '11.1' }],
  },
  'cxl-not-migrated': {
    summary:
      'A machine with CXL is migrated without its host bridges, ports and devices: bus numbers, BARs, decoders, events, poison, labels and media are lost, and nothing reports it.',
    source:
      'tried on 7.2.22, 10.0.13 and 11.1.3; no VMStateDescription in hw/cxl, hw/mem/cxl_type3.c, hw/pci-bridge/cxl_*.c',
    releases: [{ from: '7.1' }],
  },
  'migration-blocked-without-name': {
    summary: 'A machine with CXL is not migrated, and the refusal names no device.',
    source: 'planted',
  },
  'serial-made-up': {
    summary: 'A device without serial number has the serial number 1.',
    source: 'planted',
  },
  'port-numbers-from-1': {
    summary: 'No port has the number 0.',
    source: 'planted',
    registers: [{ register: 'PCI Express Link Capabilities', set: LinkCapabilities.encode({ portNumber: 1 }) }],
  },
} as const satisfies Record<string, Quirk>;
