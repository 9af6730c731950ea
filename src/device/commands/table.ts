import type { Command, CommandContext } from './command';
import { dynamicCapacityCommands } from './dynamic-capacity';
import { eventCommands } from './events';
import { logCommands } from './logs';
import { memoryDeviceCommands } from './memory-device';
import { poisonCommands } from './poison';

/** The commands that a Type 3 device of that release has, by opcode. */
export function commandTable(context: CommandContext): ReadonlyMap<number, Command> {
  const { opcodes } = context.facts;
  const rows: Command[] = [
    ...eventCommands(context),
    ...logCommands(() => [...table.values()]),
    ...memoryDeviceCommands(context),
    ...poisonCommands(context),
    ...dynamicCapacityCommands(context),
  ];
  const offered = rows.filter(({ opcode }) => opcodes.includes(opcode)).sort((a, b) => a.opcode - b.opcode);
  const table = new Map(offered.map((row) => [row.opcode, row]));
  return table;
}
