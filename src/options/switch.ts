/** `cxl-upstream`, `cxl-downstream` and `cxl-switch-mailbox-cci`: QEMU hw/pci-bridge/cxl_upstream.c, cxl_downstream.c. */
import type { Switch } from '../machine/topology';
import { devicesOf, idOf } from './device';
import type { CommandLine } from './line';

export function parseSwitches(line: CommandLine): Switch[] {
  const downstream = devicesOf(line, 'cxl-downstream');
  const mailboxes = devicesOf(line, 'cxl-switch-mailbox-cci');
  return devicesOf(line, 'cxl-upstream').map((device) => {
    const id = idOf(device, line);
    const [port, serial] = [Number(device.value('port') ?? 0), device.value('sn')];
    const mailbox = mailboxes.find((each) => each.value('target') === id);
    return {
      ...{ id, rootPort: device.value('bus') ?? 'pcie.0' },
      downstreamPorts: downstream.filter((each) => each.value('bus') === id).map((each) => idOf(each, line)),
      ...(port !== 0 && { port }),
      ...(mailbox && { mailbox: idOf(mailbox, line) }),
      ...(serial !== undefined && { serial: BigInt(serial) }),
    };
  });
}
