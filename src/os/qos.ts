/** QoS classes of a device's capacities. Linux drivers/cxl/core/cdat.c: cxl_endpoint_parse_cdat(), drivers/acpi/numa/hmat.c. */
import { genericPortDomain } from '../codec/acpi/generic-port';
import { decodeCdat } from '../codec/cxl/cdat';
import { cdatMemory } from '../codec/cxl/cdat-memory';
import { end, type Range } from '../codec/range';
import type { QosClasses } from '../machine/host';
import type { WayTables } from './access';

/** What QEMU's _DSM of ACPI0017 gives for any latency and bandwidth: hw/acpi/cxl.c: build_cxl_dsm_method(). */
const CLASS = 0;

/**
 * Whether software knows the latency and bandwidth between processors and the host bridge with that _UID: its Generic
 * Port is enabled, and the HMAT has values for the port's domain. acpi_get_genport_coordinates()
 */
export function isReachKnown(uid: number, { srat = [], hmat = [] }: WayTables): boolean {
  const domain = genericPortDomain(uid, srat);
  if (domain === undefined) return false;
  return hmat.some((s) => s.kind === 'locality' && s.targets.includes(domain));
}

/** Each capacity has the class of the DSMAS that lies in it. cxl_memdev_set_qos_class() */
export function qosClasses(cdat: Uint8Array | undefined, volatile: bigint, persistent: bigint): QosClasses {
  const described = cdat ? cdatMemory(decodeCdat(cdat)).map(({ dpa }) => dpa) : [];
  const within = (capacity: Range) => described.some((dpa) => dpa.base >= capacity.base && end(dpa) <= end(capacity));
  return {
    ...(within({ base: 0n, size: volatile }) && { volatile: CLASS }),
    ...(within({ base: volatile, size: persistent }) && { persistent: CLASS }),
  };
}
