/** Quirks of the memory map: what E820 says, and where windows and BARs lie. */
import type { Quirk } from './quirk';

const E820 = 'hw/i386/pc.c: pc_memory_init()';

export const memoryMapQuirks = {
  'e820-reserves-cfmws': {
    summary: 'E820 has a RESERVED entry over each fixed memory window.',
    source: `6d302cf46d, gone with 2486dd0457; ${E820}`,
    releases: [{ from: '7.1', fixedIn: '7.2' }],
  },
  'e820-reserves-host-registers': {
    summary: 'E820 has a RESERVED entry over the component registers of the host bridges.',
    source: `6e4e3ae936, gone with 2486dd0457; ${E820}`,
    releases: [{ from: '7.1', fixedIn: '7.2' }],
  },
  'e820-reserves-first-cfmws': {
    summary: 'E820 has a RESERVED entry over the first of several fixed memory windows.',
    source: 'planted',
  },
  'e820-reserves-last-cfmws': {
    summary: 'E820 has a RESERVED entry over the last of several fixed memory windows.',
    source: 'planted',
  },
  'e820-misses-alignment-gap': {
    summary:
      'E820 has RESERVED entries as long as the windows, placed without the gap that aligns the first to 256 MiB.',
    source: 'planted',
  },
  'e820-cfmws-is-ram': {
    summary: 'E820 has a RAM entry over each fixed memory window.',
    source: 'planted',
  },
  'e820-cfmws-is-soft-reserved': {
    summary: 'E820 has a soft-reserved entry over each fixed memory window.',
    source: 'planted',
  },
  'e820-forgets-high-ram': {
    summary: 'E820 does not list the RAM above 4 GiB.',
    source: 'planted',
  },
  'device-tree-lists-cfmws': {
    summary: 'The device tree of virt has a memory node over each fixed memory window.',
    source: 'planted; hw/arm/boot.c: fdt_add_memory_nodes()',
    platforms: ['virt'],
  },
  'device-tree-forgets-ram': {
    summary: 'The device tree of virt has no memory node for RAM above 4 GiB.',
    source: 'planted; hw/arm/boot.c: fdt_add_memory_nodes()',
    platforms: ['virt'],
  },
  'reserved-memory-end-missing': {
    summary:
      'The fw_cfg file etc/reserved-memory-end is missing without maxmem, so firmware places 64-bit BARs inside a window.',
    source: `gone with d1193481de, which 10.0.7 and 10.1.3 have too; ${E820}`,
    releases: [
      { from: '7.1', fixedIn: '10.0.7' },
      { from: '10.1', fixedIn: '10.1.3' },
    ],
    platforms: ['q35'],
  },
  'reserved-memory-end-ignores-cxl': {
    summary:
      'The fw_cfg file etc/reserved-memory-end gives the end of the hot-pluggable memory, as if no window followed it.',
    source: 'planted',
  },
  'bars-in-window': {
    summary: 'Firmware places the BARs of CXL memory devices at the base of the first window, where they win over it.',
    source: 'planted',
  },
  'windows-overlap': {
    summary: 'Each fixed memory window begins 256 MiB before the end of the one before.',
    source: 'planted',
  },
  'window-over-hotplug-memory': {
    summary: 'The fixed memory windows begin where the memory that can be hot-plugged does.',
    source: `before 4a447a710c, in no release; ${E820}`,
  },
  'window-over-host-registers': {
    summary: 'The first fixed memory window begins where the component registers of the host bridges do.',
    source: 'planted',
  },
  'host-registers-behind-no-hotplug': {
    summary:
      'The component registers of host bridges begin at the next GiB behind RAM, as if memory could be plugged in there.',
    source: 'gone with 4076bc86a3; hw/i386/pc.c: pc_get_cxl_range_start(); tried on 7.2.22, not so on 10.0.13',
    releases: [{ from: '7.1', fixedIn: '8.2' }],
  },
  'asking-for-windows-crashes': {
    summary: 'QEMU ends by SIGSEGV when QMP asks for the fixed memory windows.',
    source:
      'gone with a207d5f87d, which 7.2.14, 8.2.7 and 9.0.3 have too; tried on 7.2.22, which is mended; hw/cxl/cxl-host.c: machine_get_cfmw()',
    releases: [
      { from: '7.1', fixedIn: '7.2.14' },
      { from: '8.0', fixedIn: '8.2.7' },
      { from: '9.0', fixedIn: '9.0.3' },
    ],
  },
  'hot-plug-ports-get-no-room': {
    summary: 'Firmware leaves ports no addresses for devices that are plugged in later.',
    source: 'planted',
  },
} as const satisfies Record<string, Quirk>;
