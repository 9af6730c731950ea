/** `cxl-upstream`, `cxl-downstream` and `cxl-switch-mailbox-cci`, as QEMU has them: hw/pci-bridge/cxl_upstream.c, hw/cxl/switch-mailbox-cci.c. */
import type { Switch, Topology } from '../machine/topology';
import { need, needDevice, type QemuOffer } from './offer';
import { portProperties } from './port';
import type { Properties } from './type3';

/** `-device` of each port; `chassis` is one that no other port has. @throws NotApplicable for what the QEMU lacks. */
export function switchDevices(
  { id, rootPort, downstreamPorts, port = 0, serial, mailbox }: Switch,
  chassis: number,
  properties: NonNullable<Topology['ports']>,
  offer: QemuOffer,
): Properties[] {
  if (serial !== undefined) need(offer, 'cxl-upstream', 'sn');
  if (mailbox !== undefined) needDevice(offer, 'cxl-switch-mailbox-cci');
  const upstream = {
    driver: 'cxl-upstream',
    id,
    bus: rootPort,
    port: BigInt(port),
    ...portProperties('cxl-upstream', properties[id], offer),
  };
  const downstream = downstreamPorts.map((each, position) => ({
    driver: 'cxl-downstream',
    id: each,
    bus: id,
    port: BigInt(position),
    chassis: BigInt(chassis),
    slot: BigInt(position),
    ...portProperties('cxl-downstream', properties[each], offer),
  }));
  const cci = { driver: 'cxl-switch-mailbox-cci', id: mailbox ?? '', bus: rootPort, addr: '0.1', target: id };
  return [
    {
      ...upstream,
      ...(serial !== undefined && { sn: serial }),
      ...(mailbox !== undefined && { multifunction: true, addr: '0.0' }),
    },
    ...downstream,
    ...(mailbox === undefined ? [] : [cci]),
  ];
}
