/** What a Type 3 device takes from a fabric manager. QEMU hw/cxl/cxl-mailbox-utils.c: cxl_cmd_set_t3_fm_owned_ld_mctp[]. */
import { OPCODE } from '../../codec/cxl/mailbox/command';
import { COMPONENT_TYPE, ComponentIdentity, ResponseMessageLimit } from '../../codec/cxl/mailbox/information';
import { RETURN_CODE } from '../../codec/cxl/mailbox/return-code';
import type { Type3 } from '../../machine/topology';
import { type Command, Refused } from '../mailbox/commands/command';
import { tableOf, withoutDynamicCapacity } from '../mailbox/commands/command-table';
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
  const { quirks, facts, dynamicCapacity } = context;
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

  const handlers = {
    identify: () => identityOf(device, limit),
    getResponseMessageLimit: tell,
    setResponseMessageLimit: setLimit,
    ...timestampCommands({ ...context, atReset: [] }),
    ...logCommands(context, () => [...table.values()]),
    ...tunnelCommand((port) => (port === LOGICAL_DEVICE ? logicalDevice : undefined), quirks),
    ...managedCapacityCommands(dynamicCapacity, quirks),
  };
  const { managedOpcodes } = facts;
  const offered = dynamicCapacity.regions.length > 0 ? managedOpcodes : withoutDynamicCapacity(managedOpcodes);
  const table = tableOf(handlers, offered, quirks);
  return table;
}

/** QEMU hw/cxl/cxl-mailbox-utils.c: cxl_cmd_set_t3_ld[]. */
const LOGICAL_DEVICE_OPCODES = [OPCODE.identify, OPCODE.getSupportedLogs, OPCODE.getLog];

function logicalDeviceCommands(device: Type3, context: CommonContext): ReadonlyMap<number, Command> {
  const handlers = {
    identify: () => identityOf(device, MESSAGE_SIZE),
    ...logCommands(context, () => [...table.values()]),
  };
  const table = tableOf(handlers, LOGICAL_DEVICE_OPCODES, context.quirks);
  return table;
}

function identityOf({ serial }: Type3, maximumMessageSize: number): Uint8Array {
  const { vendorId, deviceId } = TYPE3_IDENTITY;
  return ComponentIdentity.encode({
    vendorId,
    deviceId,
    ...SUBSYSTEM,
    serialNumber: serial,
    maximumMessageSize,
    componentType: COMPONENT_TYPE.type3,
  });
}
