/** Quirks of the command line: what QEMU refuses, and in which words. */
import type { Quirk } from './quirk';

export const commandLineQuirks = {
  'memory-slots-numbered': {
    summary: 'Machine virt refuses more than 256 memory slots in other words than q35: it calls it their number.',
    source: 'tried on 11.1.3; hw/arm/virt.c: virt_set_memmap()',
    releases: [{ from: '10.1' }],
    platforms: ['virt'],
  },
  'windows-unchecked': {
    summary: 'Fixed memory windows are taken whatever their size, targets and granularity are.',
    source: 'planted',
  },
  'bridges-unchecked': {
    summary: 'Host bridges are taken whatever bus, bus number and node they name.',
    source: 'planted',
  },
  'ports-unchecked': {
    summary: 'Ports and devices are taken wherever they are plugged in, be it nowhere, and whichever slot they claim.',
    source: 'planted',
  },
  'type3-unchecked': {
    summary: 'Type 3 devices are taken with whatever memory backends, and without any.',
    source: 'planted',
  },
  'properties-unchecked': {
    summary: 'Properties of devices are taken whatever their names and values are.',
    source: 'planted',
  },
  'json-kinds-unchecked': {
    summary: 'Of a device in JSON, a value of the wrong type is taken as its text.',
    source: 'planted',
  },
  'syntax-unchecked': {
    summary: 'Lists with holes, lists in several options and ids that are none, or are taken, are not noticed.',
    source: 'planted',
  },
  'machine-unchecked': {
    summary: 'CXL is taken for any machine type, and so is any value of it and of room for memory.',
    source: 'planted',
  },
  'cxl-off-unchecked': {
    summary: 'Host bridges of a machine without CXL, and targets that are none, are not noticed.',
    source: 'planted',
  },
  'numa-unchecked': {
    summary: 'Nodes, distances, localities and caches are taken whatever they are.',
    source: 'planted',
  },
  'objects-unchecked': {
    summary: 'Memory backends are taken whatever their properties are.',
    source: 'planted',
  },
  'generic-initiator-unheeded': {
    summary: 'The node of a Generic Initiator is no initiator of latencies and bandwidths.',
    source: 'planted',
  },
  'cdat-file-unchecked': {
    summary: 'A CDAT is taken from whatever a file holds.',
    source: 'planted',
  },
  'oddities-refused': {
    summary: 'What is odd but can be is refused as well.',
    source: 'planted',
  },
  'window-size-typo': {
    summary: 'The refusal of a window whose size is no multiple of 256 MiB says "must my".',
    source: 'before f99ad11cd1; hw/cxl/cxl-host.c: cxl_fixed_memory_window_config()',
    releases: [{ from: '7.1', fixedIn: '8.0' }],
  },
  'window-targets-overrun': {
    summary:
      'QEMU overwrites its own memory with the targets of a window that has more than 8, and nearly always crashes.',
    source: 'tried on 7.2.22; include/hw/cxl/cxl.h: CXLFixedWindow has room for 8, 16 since 8.2',
    releases: [{ from: '7.1', fixedIn: '8.2' }],
    byChance: 'what the targets overwrite differs from start to start',
  },
  'express-expander-refused': {
    summary: 'An expander bridge of PCI Express is refused on a machine with host bridges of CXL.',
    source: 'planted',
  },
  'bridge-node-crash': {
    summary: 'QEMU crashes on a host bridge whose node does not exist.',
    source: 'before d4d5212c54; hw/pci-bridge/pci_expander_bridge.c: pxb_dev_realize_common()',
    releases: [{ from: '7.1', fixedIn: '9.2' }],
  },
  'host-registers-overrun': {
    summary: 'A 17th host bridge is taken, with component registers past the end of the room for them.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-host.c: cxl_hook_up_pxb_registers()',
    releases: [{ from: '7.1' }],
  },
  'cxl-without-pci': {
    summary: 'A machine without PCI takes cxl=on.',
    source: 'before aab1b3eeb4, tried on 7.2.22; hw/i386/pc.c: pc_machine_initfn()',
    releases: [{ from: '7.1', fixedIn: '9.0' }],
  },
  'type3-only-persistent': {
    summary: 'Refusals of a Type 3 device know persistent capacity alone: of no other name, and always with labels.',
    source: 'before adacc814f5; hw/mem/cxl_type3.c: cxl_setup_memory()',
    releases: [{ from: '7.1', fixedIn: '8.1' }],
  },
  'failed-msix-ignored': {
    summary: 'A Type 3 device is taken where there is no MSI-X, half made, or ends QEMU.',
    source: 'gone with d3c92cf6dc, tried on 7.2.22, not so on 10.0.13; hw/mem/cxl_type3.c: ct3_realize()',
    releases: [{ from: '7.1', fixedIn: '10.0' }],
    byChance: 'whether what it has freed is used again depends on the build',
  },
  'first-latency-unchecked': {
    summary: 'Whether latencies fit into an HMAT is judged by those before, so the first one is not looked at.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/core/numa.c: parse_numa_hmat_lb()',
    releases: [{ from: '7.1' }],
  },
  'dynamic-regions-overrun': {
    summary: 'A Type 3 device is taken with more than 8 regions of dynamic capacity, for which it has no room.',
    source: 'tried on 10.0.13 and 11.1.3, which crashes at times; hw/mem/cxl_type3.c: cxl_create_dc_regions()',
    releases: [{ from: '9.1' }],
    byChance: 'whether what the regions overwrite is used is seen in one start of many',
  },
  'apic-id-aborts': {
    summary: 'QEMU aborts with more processors than there are APIC ids of 8 bits, on a processor without x2APIC.',
    source: 'tried on 10.0.13, not so on 7.2.22 and 11.1.3; hw/intc/apic_common.c: apic_common_set_id()',
    releases: [{ from: '9.0', fixedIn: '11.1' }],
  },
  'test-device-bar-asserted': {
    summary: 'QEMU aborts on a test device with a BAR whose size is no power of two.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/pci/pci.c: pci_register_bar()',
    releases: [{ from: '7.1' }],
  },
  'cdat-file-read-by-hand': {
    summary: 'A CDAT file that cannot be used is refused in other words, or kills QEMU.',
    source: 'tried on 7.2.22; hw/cxl/cxl-cdat.c: ct3_load_cdat()',
    releases: [{ from: '7.2', fixedIn: '8.1' }],
  },
  'cdat-structure-length-asserted': {
    summary: 'QEMU aborts on a CDAT file with a structure that does not have the length of its type.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/cxl/cxl-cdat.c: cdat_len_check()',
    releases: [{ from: '7.2' }],
  },
} as const satisfies Record<string, Quirk>;
