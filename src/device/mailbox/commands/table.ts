import { abortCommands } from './abort';
import { alertCommands } from './alerts';
import type { Command, CommandContext } from './command';
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
  const { opcodes } = context.facts;
  const rows: Command[] = [
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
  ];
  const offered = rows.filter(({ opcode }) => opcodes.includes(opcode)).sort((a, b) => a.opcode - b.opcode);
  const table = new Map(offered.map((row) => [row.opcode, row]));
  return table;
}
