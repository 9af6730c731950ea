/** By which options scenarios are selected. */
import type { Command } from 'commander';
import { REPEATABLE as several } from './strict';

export function selection(command: Command): Command {
  return command
    .argument('[features...]', 'feature files or folders; all if none is given')
    .option('--tags <expression>', 'scenarios whose tags match, such as "@region and not @thread-T2"')
    .option('--id <prefix>', 'scenarios whose id or section begins with these segments; may be repeated', several);
}
