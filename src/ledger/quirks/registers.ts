/** Quirks of configuration space and register blocks. */
import { BiDecoderCapability } from '../../codec/cxl/component';
import { DeviceCapability, RangeSizeLow } from '../../codec/cxl/dvsec';
import { HdmCapability } from '../../codec/cxl/hdm';
import { ALL_BITS } from '../../codec/register-rows';
import type { Quirk } from './quirk';
import { backInvalidateWritable, errorStatusWritable, RANGES, WITHOUT_LINK, WITHOUT_SPEED } from './register-changes';

export const registerQuirks = {
  'unclaimed-configuration-writable': {
    summary: 'Configuration space that no capability has keeps what is written to it, where it has to read as zero.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/pci/pci.c: pci_init_wmask()',
    releases: [{ from: '7.1' }],
    facts: { keepsUnclaimed: true },
  },
  'dvsec-lock-ignored': {
    summary: 'Config Lock of the DVSEC for CXL Devices locks nothing, and can be cleared.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-component-utils.c: cxl_component_create_dvsec()',
    releases: [{ from: '7.1' }],
  },
  'doe-overlaps-flex-bus-port': {
    summary: 'The DOE capability of a device with a serial number lies over the end of its Flex Bus Port DVSEC.',
    source: 'tried on 10.0.13, not so on 7.2.22 and 11.1.3; hw/mem/cxl_type3.c: ct3_realize(); gone in 11.1.2',
    releases: [{ from: '9.0', fixedIn: '11.1.2' }],
  },
  'device-has-port-gpf': {
    summary: 'A device has the GPF DVSEC of a port.',
    source: 'gone with c6cc866c0e; hw/mem/cxl_type3.c: build_dvsecs()',
    releases: [{ from: '7.1', fixedIn: '7.2' }],
  },
  'device-dvsec-tail-not-zero': {
    summary: 'The reserved bytes behind Capability 3 of the DVSEC for CXL Devices are not zero.',
    source: 'before bfc2f7a6ca, in no release; hw/mem/cxl_type3.c: build_dvsecs()',
    registers: [{ register: 'CXL Device DVSEC Capability 3', value: 0x5a5a_0000 }],
  },
  'aer-mask-read-only': {
    summary: 'AER has no Uncorrectable Error Mask: it reads as zero, and nothing can be masked.',
    source: 'tried on 7.2.22, gone with 010746ae1d; hw/pci/pcie_aer.c: pcie_aer_init()',
    releases: [{ from: '7.1', fixedIn: '8.0' }],
    registers: [{ register: 'AER Uncorrectable Error Mask', value: 0, writable: 0, sticky: 0 }],
  },
  'root-port-has-decoders': {
    summary: 'A root port has HDM decoders.',
    source:
      'tried on 7.2.22 and 11.1.3, not so on 10.0.13; hw/cxl/cxl-component-utils.c: cxl_component_register_init_common()',
    releases: [{ from: '7.1', fixedIn: '9.0' }, { from: '11.0' }],
  },
  'host-bridge-has-ras': {
    summary: 'A host bridge has a RAS capability.',
    source: 'gone with 3a95f57211; hw/cxl/cxl-component-utils.c: cxl_component_register_init_common()',
    releases: [{ from: '7.1', fixedIn: '9.0' }],
  },
  'passthrough-bridge-has-decoders': {
    summary: 'A host bridge with a single root port has HDM decoders, which Linux does not expect there.',
    source: 'gone with 154070eaf6; hw/pci-bridge/pci_expander_bridge.c: pxb_cxl_dev_reset()',
    releases: [{ from: '7.1', fixedIn: '8.0' }],
  },
  'port-error-status-writable': {
    summary: 'Software can set bits of the error status of a port, where it has to clear them by writing ones.',
    source: 'tried on 10.0.13 and 11.1.3, not so on 7.2.22; hw/cxl/cxl-component-utils.c: ras_init_common()',
    releases: [{ from: '8.0' }],
    registers: errorStatusWritable('port'),
  },
  'downstream-port-without-link': {
    summary: 'A downstream port of a switch says that its link has no speed and no width.',
    source: 'gone with 314f5033c6; hw/pci-bridge/cxl_downstream.c: cxl_dsp_realize()',
    releases: [{ from: '7.1', fixedIn: '8.2' }],
    registers: WITHOUT_LINK,
  },
  'links-without-speed': {
    summary: 'Functions do not say how fast their links are.',
    source: 'planted',
    registers: WITHOUT_SPEED,
  },
  'partial-reads-from-start': {
    summary: 'A read of part of a device register, but for the mailbox, yields the first bytes of the register.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-device-utils.c: mdev_reg_read(), caps_ops',
    releases: [{ from: '7.1' }],
  },
  'every-partial-read-from-start': {
    summary: 'A read of part of Event Status, or of Mailbox Capabilities, yields the first bytes of the register.',
    source: 'planted',
  },
  'device-without-flex-bus-port': {
    summary: 'A device has no Flex Bus Port DVSEC.',
    source: 'gone with 617564bf92; hw/mem/cxl_type3.c: build_dvsecs()',
    releases: [{ from: '7.1', fixedIn: '8.0' }],
  },
  'mailbox-capabilities-writable': {
    summary: 'Software can overwrite Mailbox Capabilities.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-device-utils.c: mailbox_mem_writel()',
    releases: [{ from: '7.1' }],
    registers: [{ register: 'Primary Mailbox Capabilities', writable: ALL_BITS }],
  },
  'capability-array-write-crashes': {
    summary: 'A write to the capability array of the device registers ends the machine.',
    source: 'gone with 29d1fbc6c6; hw/cxl/cxl-device-utils.c: caps_ops',
    releases: [{ from: '7.1', fixedIn: '7.2' }],
  },
  'memory-device-status-writable': {
    summary: 'Software can overwrite Memory Device Status.',
    source: 'planted',
    registers: [{ register: 'Memory Device Status', writable: ALL_BITS }],
  },
  'identities-swapped': {
    summary: 'Vendor and device of ports and devices are exchanged.',
    source: 'planted',
    facts: { identitiesSwapped: true },
  },
  'port-extensions-missing': {
    summary: 'Ports have no DVSEC of CXL extensions.',
    source: 'planted',
    facts: { portExtensions: false },
  },
  'flex-bus-port-short': {
    summary: 'The Flex Bus Port DVSEC has the revision of CXL 3, and is as long as that of CXL 2.0.',
    source: 'planted',
    facts: { flexBusPort: { revision: 2, length: 0x14 } },
  },
  'range-base-read-only': {
    summary: 'The bases of the ranges of a device cannot be written before they are locked either.',
    source: 'planted',
    registers: RANGES.map((n) => ({ register: `CXL Device DVSEC Range ${n} Base Low`, writable: 0 })),
  },
  'ras-missing': {
    summary: 'Ports and devices have no RAS capability.',
    source: 'planted',
  },
  'link-overlaps-ras': {
    summary: 'The Link capability is said to be where the RAS capability is.',
    source: 'planted',
  },
  'narrow-component-writes': {
    summary: 'A write of part of a component register is taken for a write of all of it.',
    source: 'planted',
  },
  'error-masks-read-only': {
    summary: 'The mask of correctable errors cannot be written.',
    source: 'planted',
    registers: [{ register: 'RAS Correctable Error Mask', writable: 0 }],
  },
  'errors-never-logged': {
    summary: 'RAS logs no error.',
    source: 'planted',
  },
  'masked-errors-logged': {
    summary: 'Errors that RAS masks are logged.',
    source: 'planted',
  },
  'header-log-never-written': {
    summary: 'The RAS header log stays empty, whatever error is logged.',
    source: 'planted',
  },
  'masked-error-reported-again': {
    summary:
      'A masked uncorrectable error has AER report an internal error, if another error is logged that is not masked.',
    source: 'tried on 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: qmp_cxl_inject_uncorrectable_errors()',
    releases: [{ from: '8.0' }],
  },
  'header-log-overwrites-link': {
    summary: 'The header of an uncorrectable error goes on behind the header log, over the Link capability.',
    source: 'tried on 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: qmp_cxl_inject_uncorrectable_errors()',
    releases: [{ from: '8.0' }],
  },
  'errors-unmasked-at-reset': {
    summary: 'RAS masks no error at reset.',
    source: 'planted',
    registers: [{ register: 'RAS Uncorrectable Error Mask', value: 0 }],
  },
  'device-error-status-writable': {
    summary: 'Software can set bits of the error status of a device.',
    source: 'planted',
    registers: errorStatusWritable('device'),
  },
  'msi-vectors-unclamped': {
    summary: 'Multiple Message Enable keeps more than Multiple Message Capable while MSI is enabled.',
    source: 'planted',
  },
  'doe-underflow-unnoticed': {
    summary: 'DOE takes a write to its Read Data Mailbox for nothing if that is empty.',
    source: 'planted',
  },
  'doe-error-stays': {
    summary: 'DOE Abort does not clear DOE Error.',
    source: 'planted',
  },
  'mailbox-status-writable': {
    summary: 'Software can write Mailbox Status.',
    source: 'planted',
    registers: [{ register: 'Primary Mailbox Status', writable: ALL_BITS }],
  },
  'background-status-takes-words': {
    summary: 'Software can write each half of Background Command Status.',
    source: 'planted',
    registers: [{ register: 'Primary Mailbox Background Command Status', writable: ALL_BITS }],
  },
  'cxl-mem-not-reported': {
    summary: 'The DVSEC for CXL Devices reports neither CXL.mem nor the size of a range.',
    source: 'planted',
    registers: [
      { register: 'CXL Device DVSEC Capability', clear: DeviceCapability.encode({ mem: true }) },
      ...RANGES.map((n) => ({
        register: `CXL Device DVSEC Range ${n} Size Low`,
        clear: RangeSizeLow.encode({ sizeLow: 0xf }),
      })),
    ],
  },
  'second-range-uncounted': {
    summary: 'The DVSEC for CXL Devices reports one HDM range where a device has volatile and persistent capacity.',
    source: 'tried on 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: build_dvsecs()',
    releases: [{ from: '8.1' }],
    registers: [
      {
        register: 'CXL Device DVSEC Capability',
        set: DeviceCapability.encode({ hdmCount: 1 }),
        clear: DeviceCapability.encode({ hdmCount: 2 }),
      },
    ],
  },
  'device-reports-few-ways': {
    summary: 'HDM decoders of a device report that they interleave by powers of two up to 8 alone, as in CXL 2.0.',
    source: 'tried on 7.2.22, not so on 10.0.13; hw/cxl/cxl-component-utils.c: hdm_init_common()',
    releases: [{ from: '7.1', fixedIn: '10.0' }],
    facts: { deviceWays: 'powers-of-two' },
  },
  'bridges-report-all-ways': {
    summary: 'HDM decoders of host bridges and switches report that they interleave by 3, 6, 12 and 16 ways.',
    source: 'planted',
    registers: [{ register: 'HDM Decoder Capability', set: HdmCapability.encode({ ways3612: true, ways16: true }) }],
  },
  'capability-header-without-version': {
    summary: 'The CXL Capability Header has version 0.',
    source: 'planted',
  },
  'register-locator-cut-off': {
    summary: 'The Register Locator DVSEC ends within its last block.',
    source: 'planted',
    facts: { registerLocatorLength: 0x20 },
  },
  'interleave-not-reported': {
    summary: 'HDM decoders report that they can interleave by none of the address bits.',
    source: 'planted',
    registers: [
      {
        register: 'HDM Decoder Capability',
        clear: HdmCapability.encode({ a11to8Interleave: true, a14to12Interleave: true }),
      },
    ],
  },
  'undealt-vectors-abort': {
    summary: 'A root port that is given more MSI vectors than it has, MSI being off, ends QEMU by SIGABRT.',
    source: 'since 47f0e7ab32, tried on 10.0.13 and 11.1.3; hw/pci-bridge/cxl_root_port.c: cxl_rp_aer_vector()',
    releases: [{ from: '8.0' }],
  },
  'decoder-back-invalidate-read-only': {
    summary:
      'HDM decoders of a device with hdm-db=on say that they support back-invalidation, but cannot be told to use it.',
    source:
      'tried on 11.1.3; hw/cxl/cxl-component-utils.c: hdm_init_common() leaves bit 13 of Control out of what can be written',
    releases: [{ from: '11.0' }],
    registers: backInvalidateWritable(false),
  },
  'bi-commit-at-power-on-lost': {
    summary: 'A BI decoder never answers Committed if Commit was set while the clock of the machine was 0.',
    source: 'tried on 11.1.3; hw/cxl/cxl-component-utils.c: cxl_cache_mem_read_reg() takes a time of 0 for no commit',
    releases: [{ from: '11.0' }],
  },
  'bi-commit-of-device-unanswered': {
    summary: 'The BI decoder of a device lets Commit be set, and never answers Committed.',
    source: 'tried on 11.1.3; hw/mem/cxl_type3.c: ct3d_reg_write() is called in the place of bi_handler()',
    releases: [{ from: '11.0' }],
  },
  'bi-commit-unanswered': { summary: 'A BI decoder never answers Committed.', source: 'planted' },
  'bi-control-read-only': {
    summary: 'Control of a BI decoder cannot be changed.',
    source: 'planted',
    registers: [{ register: 'BI Decoder Control', writable: 0 }],
  },
  'bi-explicit-commit-undeclared': {
    summary: 'A BI decoder that needs an explicit Commit does not report it.',
    source: 'planted',
    registers: [{ register: 'BI Decoder Capability', clear: BiDecoderCapability.encode({ explicitCommit: true }) }],
  },
  'bi-decoder-missing': { summary: 'A device with hdm-db=on has no BI decoder.', source: 'planted' },
  'decoder-back-invalidate-always-writable': {
    summary: 'HDM decoders can be told to use back-invalidation, whether the device supports it or not.',
    source: 'planted',
    registers: backInvalidateWritable(true),
  },
} as const satisfies Record<string, Quirk>;
