/** What a Type 3 device takes from a fabric manager. QEMU hw/cxl/cxl-mailbox-utils.c: cxl_cmd_set_t3_fm_owned_ld_mctp[]. */
import { OPCODE, RETURN_CODE } from '../../codec/cxl/mailbox/command';
import { COMPONENT_TYPE, ComponentIdentity, ResponseMessageLimit } from '../../codec/cxl/mailbox/switch';
import type { Type3 } from '../../machine/topology';
import { type Command, Refused } from '../mailbox/commands/command';
import { logCommands } from '../mailbox/commands/logs';
import { timestampCommands } from '../mailbox/commands/timestamp';
import { tunnelCommand } from '../mailbox/commands/tunnel';
import type { DynamicCapacity } from '../mailbox/dynamic-capacity';
import { Commands, type CommonContext } from '../mailbox/mailbox';
import type { Timestamp } from '../mailbox/timestamp';
import { TYPE3_IDENTITY } from './layout';
import { managedCapacityCommands } from './managed-capacity';

/** QEMU's subsystem of functions that have been given no other. */
const SUBSYSTEM = { subsystemVendorId: 0x1af4, subsystemId: 0x1100 };
const MESSAGE_SIZE = 9;
/** Which other limits there can be, both included. */
const LIMITS = { from: 8, to: 10 } as const;

/** The only logical device. */
const LOGICAL_DEVICE = 0;

interface ManagedContext extends CommonContext {
  readonly timestamp: Timestamp;
  readonly dynamicCapacity: DynamicCapacity;
}

export function managedCommands(device: Type3, context: ManagedContext): ReadonlyMap<number, Command> {
  const { quirks, facts } = context;
  const logicalDevice = new Commands(context, logicalDeviceCommands(device, context));
  let limit = MESSAGE_SIZE;

  const tell = () => ResponseMessageLimit.encode({ limit });

  function setLimit(input: Uint8Array): Uint8Array {
    const wanted = ResponseMessageLimit.decode(input).limit;
    const isPossible = LIMITS.from <= wanted && wanted <= LIMITS.to;
    if (!isPossible && !quirks.has('message-limit-unchecked')) throw new Refused(RETURN_CODE.invalidInput);
    if (!quirks.has('message-limit-stays')) limit = wanted;
    return tell();
  }

  const rows: Command[] = [
    { opcode: OPCODE.identify, inputLength: 0, effects: 0, run: () => identityOf(device, limit) },
    { opcode: OPCODE.getResponseMessageLimit, inputLength: 0, effects: 0, run: tell },
    { opcode: OPCODE.setResponseMessageLimit, inputLength: 1, effects: 0, run: setLimit },
    ...timestampCommands({ ...context, atReset: [] }),
    ...logCommands(context, () => [...table.values()]),
    tunnelCommand((port) => (port === LOGICAL_DEVICE ? logicalDevice : undefined), quirks),
    ...managedCapacityCommands(context.dynamicCapacity, quirks),
  ];
  const offered = rows.filter(({ opcode }) => facts.managedOpcodes.includes(opcode));
  const table = new Map(offered.map((row) => [row.opcode, row]));
  return table;
}

/** QEMU hw/cxl/cxl-mailbox-utils.c: cxl_cmd_set_t3_ld[]. */
function logicalDeviceCommands(device: Type3, context: CommonContext): ReadonlyMap<number, Command> {
  const rows: Command[] = [
    { opcode: OPCODE.identify, inputLength: 0, effects: 0, run: () => identityOf(device, MESSAGE_SIZE) },
    ...logCommands(context, () => rows),
  ];
  return new Map(rows.map((row) => [row.opcode, row]));
}

function identityOf({ serial }: Type3, maximumMessageSize: number): Uint8Array {
  const { vendorId, deviceId } = TYPE3_IDENTITY;
  return ComponentIdentity.encode({
    ...{ vendorId, deviceId, ...SUBSYSTEM, serialNumber: serial },
    ...{ maximumMessageSize, componentType: COMPONENT_TYPE.type3 },
  });
}
