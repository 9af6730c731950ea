/** Commands around a night: what it runs on, its rows, and what is made of their reports. */
import { Argument, type Command } from 'commander';
import { KINDS } from '../lab/entry';
import { finish } from './exit';
import { positive } from './values';

export function addNightCommands(program: Command): void {
  program
    .command('report')
    .description('make the Allure report of all runs below a folder, such as reports/nightly')
    .argument('[dir]', 'folder of reports', 'reports')
    .option('--single-file', 'write it as one file too: allure-report.html')
    .option('--build-name <name>', 'what the trend calls this report (default: the night, or the day of the last run)')
    .option('--build-order <n>', 'its number; a report with the same number is replaced in the trend', positive)
    .option('--build-url <url>', 'where the log of the build is')
    .action((directory, options) => {
      const { report } = require('./report') as typeof import('./report');
      return report(directory, options).then(finish);
    });

  program
    .command('statement')
    .description('make a statement of conformance of a run of all scenarios on a QEMU, and the pages of all statements')
    .argument('[dirs...]', 'folders of runs; without any, only the pages are made again')
    .option('--output <dir>', 'where statements are kept (default: reports/statements)')
    .action((directories, options) => {
      const { statement } = require('./statement') as typeof import('./statement');
      return statement(directories, options).then(finish);
    });

  program
    .command('spec')
    .description(
      'make the specification as pages: rules, scenarios, machines, known defects, and how the last runs fared',
    )
    .argument('[dir]', 'folder of the reports of runs (default: reports)')
    .option('--output <dir>', 'where the pages go (default: reports/spec)')
    .action((directory, options) => {
      const { spec } = require('./spec') as typeof import('./spec');
      return spec(directory, options).then(finish);
    });

  const loadLab = () => require('./lab') as typeof import('./lab'); // most runs need nothing of it

  const lab = program.command('lab').description('QEMUs and guests that runs can name, kept outside the repository');

  lab
    .command('add')
    .description("get a Debian suite's QEMU or guest, or link a QEMU that is built here")
    .addArgument(new Argument('<kind>', 'what to add').choices(KINDS))
    .argument('<source>', 'Debian suite such as trixie, a build folder, or a QEMU binary')
    .option('--as <name>', 'name of a linked QEMU (default: that of its folder or file)')
    .action((kind, source, options) => loadLab().addToLab(kind, source, options).then(finish));

  lab
    .command('list')
    .description('list QEMUs and guests, with size and folder')
    .option('--check', 'verify the checksums of all files')
    .option('--json', 'print as JSON')
    .action((options) => loadLab().listLab(options).then(finish));

  lab
    .command('remove')
    .description('remove a QEMU or a guest; of a linked QEMU only the link')
    .addArgument(new Argument('<kind>', 'what to remove').choices(KINDS))
    .argument('<name>', 'its name in lab list')
    .action((kind, name) => loadLab().removeFromLab(kind, name).then(finish));

  program
    .command('nightly')
    .description(
      'run all rows of a matrix, and print what changed since it was accepted; goes on with a night that was interrupted',
    )
    .argument(
      '[matrix]',
      'YAML file with rows; without it, a row for the simulator, each QEMU and each guest that the lab has',
    )
    .option('--accept', 'accept the results of the last night')
    .option('--output <dir>', 'where reports go (default: reports/nightly)')
    .option('--expected <dir>', 'folder of accepted results (default: reports/expected)')
    .option('--json', 'print as JSON')
    .action((matrix, options) => {
      const { nightly } = require('./nightly') as typeof import('./nightly');
      return nightly(matrix, options).then(finish);
    });
}
