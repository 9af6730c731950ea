/** Quirks of the operating system: of releases of Linux, or planted. */
import type { Quirk } from './quirk';

export const osQuirks = {
  'hpa-allocated-over-reserved': {
    summary: 'The operating system gives a region the beginning of a window, whatever is there.',
    source: 'planted',
  },
  'volatile-memory-stays-offline': {
    summary: 'The memory of a volatile region does not come online.',
    source: 'planted',
  },
  'qos-class-from-device-alone': {
    summary: 'The operating system takes the way to a host bridge, where it does not know it, for none at all.',
    source: 'planted',
  },
  'link-latency-in-picoseconds': {
    summary: 'Of the way to a region, the operating system counts the picoseconds of links as nanoseconds.',
    source: 'tried on Linux 7.2, not so on 6.12; drivers/cxl/core/pci.c: cxl_pci_get_latency()',
    releases: [{ from: '7.1' }],
    linuxFrom: '7.2',
  },
  'access-of-new-node-untold': {
    summary: 'How processors reach the memory of a region is not told of a node that has that memory alone.',
    source: 'Linux 2e454fb8056d, for 6.18; drivers/base/node.c: node_update_perf_attrs(); seen on 7.2',
    releases: [{ from: '7.1' }],
    linuxFrom: '6.18',
  },
  'bridge-bandwidth-not-shared': {
    summary: 'Devices behind one host bridge have more bandwidth together than the way to the bridge has.',
    source: 'planted',
  },
  'destroyed-region-listed': {
    summary: 'A region that was destroyed is still listed.',
    source: 'planted',
  },
  'region-size-unchecked': {
    summary: 'The operating system takes any size for a region, and not multiples of 256 MiB for each device alone.',
    source: 'planted',
  },
  'target-order-unchecked': {
    summary: 'The operating system takes the devices of a region in any order.',
    source: 'planted',
  },
  'turns-of-sole-port-forgotten': {
    summary: 'Below a host bridge that has one port for a region, switches interleave as if the window did not.',
    source: 'tried on Linux 6.1, not so on 6.12; drivers/cxl/core/region.c: cxl_port_setup_targets()',
    releases: [{ from: '7.1' }],
    linuxFixedIn: '6.6',
  },
  'capacity-not-given-back': {
    summary: 'The capacity of a region that was destroyed stays taken.',
    source: 'planted',
  },
  'extent-forgets-regions': {
    summary: 'The operating system reports the whole of a window as its largest extent, whatever regions are in it.',
    source: 'planted',
  },
  'memory-in-use-forgotten': {
    summary: 'Memory that is in use is gone from the operating system with the device that is removed.',
    source: 'planted',
  },
  'removed-memdev-listed': {
    summary: 'The memdev of a device that was removed is still listed.',
    source: 'planted',
  },
} as const satisfies Record<string, Quirk>;
