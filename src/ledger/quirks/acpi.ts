/** Quirks of the ACPI tables. */
import type { Quirk } from './quirk';

export const acpiQuirks = {
  'chbs-short': {
    summary: 'CHBS gives the component registers 8 KiB, the length of a CXL 1.1 register block.',
    source: 'planted',
  },
  'cfmws-granularity-lost': {
    summary: 'CFMWS gives 256 bytes as the granularity of every window.',
    source: 'planted',
  },
  'cfmws-coarse': {
    summary: 'CFMWS gives 512 bytes as the granularity of windows that interleave at 256.',
    source: 'planted',
  },
  'cedt-unsummed': {
    summary: 'The table loader script has no checksum command for the CEDT.',
    source: 'planted',
  },
  'acpi0016-uid-twice': {
    summary: 'An ACPI0016 device has two objects _UID, which makes no sense of its AML.',
    source: 'gone with ab99a33d66; hw/i386/acpi-build.c: build_dsdt(); tried on 7.2.22',
    releases: [{ from: '7.1', fixedIn: '8.0' }],
  },
  'acpi0017-merely-present': {
    summary: 'Method _STA of the ACPI0017 device says that it is present, and neither enabled nor functioning.',
    source: 'gone with d9ae5802f6, which 7.2.10 has too; hw/acpi/cxl.c: build_acpi0017()',
    releases: [
      { from: '7.1', fixedIn: '7.2.10' },
      { from: '8.0', fixedIn: '8.2.2' },
    ],
  },
  'acpi0017-without-bridges': {
    summary: 'There is an ACPI0017 device where there is no host bridge.',
    source: 'planted',
  },
  'cxl-bridge-not-pci': {
    summary:
      'An ACPI0016 device is not compatible with PNP0A03, so that software that knows no PCI Express has no use for it.',
    source: 'planted',
  },
  'cxl-bridge-pxm-missing': {
    summary: 'An ACPI0016 device has no _PXM, whatever node its host bridge was put on.',
    source: 'planted',
  },
  'cxl-bridge-crs-empty': {
    summary: 'The _CRS of an ACPI0016 device names its buses alone.',
    source: 'planted',
  },
  'pci0-crs-truncated': {
    summary:
      'What _CRS of PCI0 has below 4 GiB goes on to the component registers of host bridges, cut off to 32 bits.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/i386/acpi-build.c: build_dsdt()',
    releases: [{ from: '7.1' }],
    platforms: ['q35'],
  },
  'osc-grants-error-reporting-unasked': {
    summary:
      'Method _OSC of an ACPI0016 device grants CXL memory error reporting to software that has not asked for it.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/acpi/cxl.c: build_cxl_osc_method()',
    releases: [{ from: '7.1' }],
  },
  'osc-grants-no-aer': {
    summary: 'Method _OSC of an ACPI0016 device keeps AER for firmware.',
    source: 'planted',
  },
  'osc-unknown-to-cxl': {
    summary: 'Method _OSC of an ACPI0016 device does not know the interface of CXL.',
    source: 'planted',
  },
  'osc-takes-any-uuid': {
    summary: 'Method _OSC of an ACPI0016 device lets an interface pass that there is not.',
    source: 'planted',
  },
  'osc-ignores-revision': {
    summary: 'Method _OSC of an ACPI0016 device takes a request of whatever revision.',
    source: 'planted',
  },
  'dsm-qtg-unadvertised': {
    summary: 'Function 0 of the _DSM of ACPI0017 does not say that there is function 1, which tells QTG ids.',
    source: 'tried on 10.0.13 and 11.1.3; hw/acpi/cxl.c: build_cxl_dsm_method()',
    releases: [{ from: '8.2' }],
  },
  'dsm-unknown-unanswered': {
    summary: 'The _DSM of ACPI0017 returns nothing for an interface or a function that it does not have.',
    source: 'tried on 10.0.13 and 11.1.3; hw/acpi/cxl.c: build_cxl_dsm_method()',
    releases: [{ from: '8.2' }],
  },
  'qtg-none-recommended': {
    summary: 'The _DSM of ACPI0017 recommends no QTG id at all.',
    source: 'planted',
  },
} as const satisfies Record<string, Quirk>;
