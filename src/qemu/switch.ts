/** `cxl-upstream` and `cxl-downstream`, as QEMU has them: hw/pci-bridge/cxl_upstream.c, cxl_downstream.c. */
import type { Switch } from '../machine/topology';
import { need, type QemuOffer } from './offer';
import type { Properties } from './type3';

/** `-device` of each port; `chassis` is one that no other port has. @throws NotApplicable for what the QEMU lacks. */
export function switchDevices(
  { id, rootPort, downstreamPorts, port = 0, serial }: Switch,
  chassis: number,
  offer: QemuOffer,
): Properties[] {
  if (serial !== undefined) need(offer, 'cxl-upstream', 'sn');
  const upstream = { driver: 'cxl-upstream', id, bus: rootPort, port: BigInt(port) };
  const downstream = downstreamPorts.map((each, position) => ({
    ...{ driver: 'cxl-downstream', id: each, bus: id, port: BigInt(position) },
    ...{ chassis: BigInt(chassis), slot: BigInt(position) },
  }));
  return [{ ...upstream, ...(serial !== undefined && { sn: serial }) }, ...downstream];
}
