/** The order in which QEMU makes objects and devices: it comes across them by a hash of their ids, in which that order shows. */
import { deviceIds, objectNames } from '../machine/object-names';
import type { Topology } from '../machine/topology';
import type { CommandLine } from './line';

/** QEMU system/vl.c: object_create_early(): what needs a character device or a network comes late, and so do memory backends. */
const LATE = /^(memory-backend-|rng-egd$|qtest$|cryptodev-vhost-user$|vhost-user-blk-server$|filter-|colo-compare$)/;

type Order = NonNullable<Topology['order']>;

export function parseOrder({ objects, devices }: CommandLine): Order {
  const isLate = (type: string | undefined) => LATE.test(`${type}`);
  const early = objects.filter((object) => !isLate(object.value('qom-type')));
  const late = objects.filter((object) => isLate(object.value('qom-type')));
  return {
    devices: devices.flatMap((device) => device.value('id') ?? []),
    objects: [...early, ...late].flatMap((object) => object.value('id') ?? []),
  };
}

/** Whether nothing depends on it, or it is the order of what a topology itself says. */
export function isUsualOrder(order: Order, topology: Topology): boolean {
  const { genericInitiators = [], genericPorts = [] } = topology.numa ?? {};
  const matters = topology.hostBridges.length > 1 || genericInitiators.length + genericPorts.length > 1;
  if (!matters) return true;
  return `${order.devices}` === `${deviceIds(topology)}` && `${order.objects}` === `${objectNames(topology)}`;
}
