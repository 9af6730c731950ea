/** Commands for a patch series: what it changes, at which patch, and whether it does what it says. */
import { type Command, Option } from 'commander';
import { finish } from './exit';
import { selection } from './selection-options';
import { REPEATABLE as several } from './strict';
import { wholeNumber } from './values';

export function addSeriesCommands(program: Command): void {
  program
    .command('compare')
    .description('list what changed from a base QEMU to a patched one')
    .argument('<base>', 'QEMU binary, or the folder of a run')
    .argument('<patched>', 'QEMU binary, or the folder of a run')
    .option('--id <prefix>', 'only scenarios whose id begins with these segments; may be repeated', several)
    .option('--count <n>', 'number of random machines to compare', wholeNumber)
    .option('--seed <n>', 'seed of the random machines; the same seed draws the same machines', wholeNumber)
    .addOption(new Option('--markdown', 'print as Markdown').conflicts('json'))
    .option('--json', 'print as JSON')
    .action((base, patched, options) => {
      const { compareCommand } = require('./compare') as typeof import('./compare'); // what it draws with loads slowly
      return compareCommand(base, patched, options).then(finish);
    });

  selection(
    program.command('accept').argument('<series>', 'mailbox file, such as `b4 am` writes, or a branch of the tree'),
  )
    .description('build a patch series and its base, compare the two, and draft a reply')
    .requiredOption('--tree <dir>', "QEMU's git repository; its work tree, index and branches stay as they are")
    .option('--base <commit>', 'commit the series applies to (default: its base-commit, else HEAD of the tree)')
    .option('--each', 'build and compare every patch, not the whole series alone')
    .option('--build <command>', 'shell command that builds, at the top of a work tree (default: configure and ninja)')
    .option('--binary <path>', 'the QEMU that is built, relative to the tree (default: build/qemu-system-x86_64)')
    .option('--count <n>', 'number of random machines to compare', wholeNumber)
    .option('--seed <n>', 'seed of the random machines; the same seed draws the same machines', wholeNumber)
    .option('--keep', 'keep the work tree and the binaries')
    .option('--json', 'print as JSON')
    .action((series, features, options) => {
      const { accept } = require('./accept') as typeof import('./accept');
      return accept(series, { ...options, features }).then(finish);
    });

  selection(program.command('bisect'))
    .description(
      'find the first commit on which scenarios fail: with --good and --bad in a work tree of its own; without them test the ' +
        'commit that is checked out, for git bisect run: exit status 0 (good), 1 (bad), 125 (cannot be tested) or 128 (stop)',
    )
    .option('--tree <dir>', "QEMU's git repository", '.')
    .option('--good <commit>', 'commit on which the scenarios hold')
    .option('--bad <commit>', 'commit on which one of them fails')
    .option('--changed', 'a commit is bad if any scenario behaves differently from the good commit')
    .option('--build <command>', 'shell command that builds, at the top of the tree (default: configure and ninja)')
    .option('--binary <path>', 'the QEMU that is built, relative to the tree (default: build/qemu-system-x86_64)')
    .option('--keep', 'keep the work tree')
    .action((features, options) => {
      const { bisect } = require('./bisect') as typeof import('./bisect');
      return bisect({ ...options, features }).then(finish);
    });

  program
    .command('prove')
    .description('check that scenarios fail on a base QEMU and hold on a patched one')
    .requiredOption('--base <path>', 'QEMU binary, or the folder of a run')
    .requiredOption('--patched <path>', 'QEMU binary, or the folder of a run')
    .option(
      '--id <prefix>',
      'scenarios whose id begins with these segments; all if none is given; may be repeated',
      several,
    )
    .option('--json', 'print as JSON')
    .action((options) => {
      const { prove } = require('./prove') as typeof import('./prove');
      return prove(options).then(finish);
    });
}
