import { abortCommands } from './abort';
import { alertCommands } from './alerts';
import type { Command, CommandContext } from './command';
import { tableOf, withoutDynamicCapacity } from './command-table';
import { dynamicCapacityCommands } from './dynamic-capacity';
import { eventCommands } from './events';
import { featureCommands } from './features';
import { firmwareCommands } from './firmware';
import { labelCommands } from './labels';
import { logCommands } from './logs';
import { maintenanceCommands } from './maintenance';
import { mediaOperationCommands } from './media-operations';
import { memoryDeviceCommands } from './memory-device';
import { poisonCommands } from './poison';
import { sanitizeCommands } from './sanitize';
import { scanCommands } from './scan';
import { timestampCommands } from './timestamp';

/** The commands that a Type 3 device of that release has, by opcode. */
export function commandTable(context: CommandContext): ReadonlyMap<number, Command> {
  const { quirks, facts, dynamicCapacity } = context;
  const handlers = {
    ...abortCommands(context),
    ...eventCommands(context),
    ...firmwareCommands(context),
    ...timestampCommands(context),
    ...logCommands(context, () => [...table.values()]),
    ...featureCommands(context),
    ...maintenanceCommands(context),
    ...memoryDeviceCommands(context),
    ...poisonCommands(context),
    ...scanCommands(context),
    ...dynamicCapacityCommands(context),
    ...labelCommands(context),
    ...alertCommands(context),
    ...sanitizeCommands(context),
    ...mediaOperationCommands(context),
  };
  const offered = dynamicCapacity.regions.length > 0 ? facts.opcodes : withoutDynamicCapacity(facts.opcodes);
  const table = tableOf(handlers, offered, quirks);
  return table;
}
