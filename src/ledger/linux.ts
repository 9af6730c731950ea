/** What differs between Linux releases, as far as a scenario can tell: the first release that has it. */
import { precedes } from './release';
import { NotApplicable } from './verdict';

const SINCE = {
  /** Regions of volatile capacity. drivers/cxl/core/region.c: create_ram_region_store(). */
  volatileRegions: '6.3',
  /** Event logs, for which a device must take an interrupt. drivers/cxl/pci.c: cxl_event_config(). */
  eventInterrupts: '6.3',
  /** A CDAT counts only if its bytes sum to zero. drivers/cxl/core/pci.c: read_cdat_data(), 670e4e88f3b1. */
  cdatChecksum: '6.8',
  /** A region may begin at any multiple of 256 MiB, and not of its size alone. kernel/resource.c: get_free_mem_region(). */
  regionsAtEveryAlignedAddress: '6.6',
  /** Turns of a host bridge count, and are checked, although it has but one port for the region. drivers/cxl/core/region.c: cxl_port_setup_targets(). */
  turnsOfEveryPort: '6.6',
  /** Decoders need not be reset in reverse order. drivers/cxl/core/hdm.c: cxl_decoder_reset(), since 101c268bd2f3. */
  resetsInAnyOrder: '6.12',
  /** What is soft reserved is no resource until some driver has taken it. arch/x86/kernel/e820.c: e820__reserve_resources_late(). */
  softReservedApart: '7.1',
  /** QoS classes of a memdev's capacities. drivers/cxl/core/memdev.c: ram_qos_class_show(). */
  qosClasses: '6.8',
  /** What the memory of a region is like to processors. drivers/cxl/core/region.c: access1_read_latency_show(). */
  accessCoordinates: '6.9',
  /** Likewise of the node of a region. drivers/cxl/core/region.c: cxl_region_perf_attrs_callback(). */
  accessOfNodes: '6.10',
  /** Devices of a region share the bandwidth above them. drivers/cxl/core/cdat.c: cxl_region_shared_upstream_bandwidth_update(). */
  sharedBandwidth: '6.12',
  /** The node of a region gets none of that unless firmware's tables know it. drivers/base/node.c: node_update_perf_attrs(). */
  accessOfKnownNodesAlone: '6.18',
  /** All that is told of the first region of a node alone, and of none after it: seen in 7.2, not in 6.12. */
  accessOfFirstRegionsAlone: '7.2',
  /** The latency of links counts a thousand times: seen in 7.2, not in 6.12. drivers/cxl/core/pci.c: cxl_pci_get_latency(). */
  picosecondsTakenForNanoseconds: '7.2',
} as const;

export type LinuxFeature = keyof typeof SINCE;

/** A release of Linux, and what it can do. */
export class Linux {
  /** `6.12`, or what `uname -r` prints. */
  constructor(readonly release: string) {}

  has(feature: LinuxFeature): boolean {
    return !precedes(this.release, SINCE[feature]);
  }

  /** @throws NotApplicable unless it has; `action` is what it then cannot do. */
  need(feature: LinuxFeature, action: string): void {
    if (!this.has(feature)) throw new NotApplicable(`Linux ${this.release} cannot ${action}`);
  }
}

/** The first that can create regions, and so the first that is modelled. */
const FIRST = '6.0';

/** `6.12`, or what `uname -r` prints. @throws RangeError for what is no release of Linux, or is too old */
export function linuxNamed(name: string): string {
  if (!/^\d+\.\d+(?:[.+~-][\w.+~-]*)?$/.test(name))
    throw new RangeError(`no Linux release ${name}; one is written 6.12`);
  if (precedes(name, FIRST)) throw new RangeError(`Linux ${name} is not modelled; ${FIRST} is the first that is`);
  return name;
}

/** What the OS model is unless it is told otherwise: Debian 13's. */
export const DEFAULT_LINUX = '6.12';
