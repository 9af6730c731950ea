/** What a Type 3 device takes from a fabric manager. QEMU hw/cxl/cxl-mailbox-utils.c: cxl_cmd_set_t3_fm_owned_ld_mctp[]. */
import { OPCODE } from '../../codec/cxl/mailbox/command';
import { COMPONENT_TYPE, ComponentIdentity } from '../../codec/cxl/mailbox/switch';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { Type3 } from '../../machine/topology';
import { TYPE3_IDENTITY } from '../layout/type3';
import type { Command } from './command';
import { logCommands } from './logs';

/** QEMU's subsystem of functions that have been given no other. */
const SUBSYSTEM = { subsystemVendorId: 0x1af4, subsystemId: 0x1100 };
const MESSAGE_SIZE = 9;

export function managedCommands(
  { serial }: Type3,
  context: { readonly facts: Facts; readonly quirks: Quirks },
): ReadonlyMap<number, Command> {
  const { vendorId, deviceId } = TYPE3_IDENTITY;
  const identify = () =>
    ComponentIdentity.encode({
      ...{ vendorId, deviceId, ...SUBSYSTEM, serialNumber: serial },
      ...{ maximumMessageSize: MESSAGE_SIZE, componentType: COMPONENT_TYPE.type3 },
    });
  const rows: Command[] = [
    { opcode: OPCODE.identify, inputLength: 0, effects: 0, run: identify },
    ...logCommands(context, () => rows),
  ];
  return new Map(rows.map((row) => [row.opcode, row]));
}
