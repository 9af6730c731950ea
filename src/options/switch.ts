/** `cxl-upstream`, `cxl-downstream` and `cxl-switch-mailbox-cci`: QEMU hw/pci-bridge/cxl_upstream.c, cxl_downstream.c, hw/cxl/switch-mailbox-cci.c. */
import { FIELDS } from '../ledger/devices';
import { needDevice, type QemuOffer } from '../ledger/offer';
import type { Switch, Topology } from '../machine/topology';
import { devicesOf, idOf } from './device';
import type { CommandLine } from './line';
import { placesOf, ROOT_BUS } from './place';
import { portProperties } from './port';
import { fieldsIn, type Written, written } from './properties';

export function parseSwitches(line: CommandLine): Switch[] {
  const downstream = devicesOf(line, 'cxl-downstream');
  const places = placesOf(line);
  const mailboxes = devicesOf(line, 'cxl-switch-mailbox-cci');
  return devicesOf(line, 'cxl-upstream').map((device) => {
    const id = idOf(device, line);
    const mailbox = mailboxes.find((each) => each.value('target') === id);
    return {
      id,
      rootPort: places.get(device)?.bus ?? ROOT_BUS,
      downstreamPorts: downstream.filter((each) => places.get(each)?.bus === id).map((each) => idOf(each, line)),
      ...fieldsIn(FIELDS.switch, device.value),
      ...(mailbox && { mailbox: idOf(mailbox, line) }),
    };
  });
}

/** `-device` of each port; `chassis` is one that no other port has. @throws NotApplicable for what the QEMU lacks. */
export function switchDevices(
  each: Switch,
  chassis: number,
  properties: NonNullable<Topology['ports']>,
  offer: QemuOffer,
): Written[] {
  const { id, rootPort, downstreamPorts, port = 0, mailbox } = each;
  const own = written(FIELDS.switch, 'cxl-upstream', { ...each }, offer);
  if (mailbox !== undefined) needDevice(offer, 'cxl-switch-mailbox-cci');
  const upstream = {
    driver: 'cxl-upstream',
    id,
    bus: rootPort,
    port: BigInt(port),
    ...portProperties('cxl-upstream', properties[id], offer),
  };
  const downstream = downstreamPorts.map((id, position) => ({
    driver: 'cxl-downstream',
    id,
    bus: each.id,
    port: BigInt(position),
    chassis: BigInt(chassis),
    slot: BigInt(position),
    ...portProperties('cxl-downstream', properties[id], offer),
  }));
  const cci = { driver: 'cxl-switch-mailbox-cci', id: mailbox ?? '', bus: rootPort, addr: '0.1', target: id };
  return [
    {
      ...upstream,
      ...own,
      ...(mailbox !== undefined && { multifunction: true, addr: '0.0' }),
    },
    ...downstream,
    ...(mailbox === undefined ? [] : [cci]),
  ];
}
