/** `cxl-upstream`, `cxl-downstream` and `cxl-switch-mailbox-cci`: QEMU hw/pci-bridge/cxl_upstream.c, cxl_downstream.c. */
import type { Switch } from '../machine/topology';
import { devicesOf, idOf } from './device';
import type { CommandLine } from './line';
import { placesOf, ROOT_BUS } from './place';
import { integer, numberOf } from './value';

export function parseSwitches(line: CommandLine): Switch[] {
  const downstream = devicesOf(line, 'cxl-downstream');
  const places = placesOf(line);
  const mailboxes = devicesOf(line, 'cxl-switch-mailbox-cci');
  return devicesOf(line, 'cxl-upstream').map((device) => {
    const id = idOf(device, line);
    const [port, serial] = [numberOf(device.value('port')), device.value('sn')];
    const mailbox = mailboxes.find((each) => each.value('target') === id);
    return {
      id,
      rootPort: places.get(device)?.bus ?? ROOT_BUS,
      downstreamPorts: downstream.filter((each) => places.get(each)?.bus === id).map((each) => idOf(each, line)),
      ...(port !== 0 && { port }),
      ...(mailbox && { mailbox: idOf(mailbox, line) }),
      ...(serial !== undefined && { serial: BigInt.asUintN(64, integer(serial) ?? 0n) }),
    };
  });
}
