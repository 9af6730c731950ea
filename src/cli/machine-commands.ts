/** Commands about machines that no scenario describes: one that somebody names, a dump of one, random ones. */
import { type Command, Option } from 'commander';
import { linuxNamed } from '../ledger/linux';
import { finish } from './exit';
import { REPEATABLE as several } from './strict';
import { positive, wholeNumber } from './values';

export function addMachineCommands(program: Command): void {
  program
    .command('judge')
    .description('check a dump of memory map, tables and decoders for consistency')
    .requiredOption(
      '--tables <dir>',
      'folder with e820.bin (of virt: memory-map.bin) and CEDT.aml; optionally SRAT.aml, SLIT.aml, HMAT.aml, and decoders.json, the output of ' +
        'cxl list -D before any region was created',
    )
    .option('--json', 'print as JSON')
    .action((options) => {
      const { judgeDump } = require('./judge') as typeof import('./judge');
      return judgeDump(options).then(finish);
    });

  program
    .command('differential')
    .description('start random machines in the simulator and in a QEMU, and list the differences')
    .option('--qemu <path>', 'QEMU binary (default: QEMU_TEST_QEMU_BINARY, QTEST_QEMU_BINARY, or the one in PATH)')
    .option('--count <n>', 'number of machines', positive, 100)
    .option('--seed <n>', 'seed of the random machines; the same seed draws the same machines', wholeNumber)
    .option('--writes', 'compare what registers keep of random writes and resets, many on each machine')
    .option('--scope', 'list what is compared and what is not, with the reason, and compare nothing')
    .option('--json', 'print as JSON')
    .action((options) => {
      const { differential } = require('./differential') as typeof import('./differential'); // what it draws with loads slowly
      return differential(options).then(finish);
    });

  program
    .command('fuzz')
    .description(
      'give random mailbox commands, register accesses and QMP commands to random machines, in a QEMU and in the simulator as its ' +
        'release; print the differences, made smaller',
    )
    .option('--qemu <path>', 'QEMU binary (default: QEMU_TEST_QEMU_BINARY, QTEST_QEMU_BINARY, or the one in PATH)')
    .option('--seconds <n>', 'for how long; what is found is made smaller in a minute after that', positive, 60)
    .option('--seed <n>', 'seed of machines and commands', wholeNumber)
    .option('--output <file>', 'file for a script that shows the first difference (default: standard output)')
    .action((options) => {
      const { fuzzQemu } = require('./fuzz') as typeof import('./fuzz');
      return fuzzQemu(options).then(finish);
    });

  program
    .command('tables')
    .description(
      'print what firmware hands over to the operating system: the memory map, CEDT, SRAT, SLIT and HMAT of a machine',
    )
    .addOption(
      new Option('--target <name>', 'what runs the machine (default: simulator)').choices(['simulator', 'qtest']),
    )
    .option('--release <version>', 'simulator: QEMU release to model, such as 7.2')
    .option(
      '--qemu <path>',
      'qtest: QEMU binary (default: QEMU_TEST_QEMU_BINARY, QTEST_QEMU_BINARY, or the one in PATH)',
    )
    .option(
      '--output <dir>',
      'write e820.bin (of virt: memory-map.bin) and each table as SIGNATURE.aml there, for judge --tables',
    )
    .argument('[options...]', "QEMU's options, after --")
    .action((words, options) => {
      const { dumpTables } = require('./tables') as typeof import('./tables');
      return dumpTables(words, options).then(finish);
    });

  program
    .command('check')
    .description(
      'check the machine of any QEMU command line against the rules that hold of every machine; a line for each rule',
    )
    .addOption(
      new Option(
        '--target <name>',
        'what runs the machine (default: qtest, or the simulator if no QEMU is found)',
      ).choices(['simulator', 'qtest', 'guest']),
    )
    .option(
      '--qemu <path>',
      'qtest, guest: QEMU binary (default: QEMU_TEST_QEMU_BINARY, QTEST_QEMU_BINARY, or the one in PATH)',
    )
    .option(
      '--without <name>',
      'qtest, guest: a device, option or command that this QEMU lacks on purpose; may be repeated',
      several,
    )
    .option('--release <version>', 'simulator: QEMU release to model, such as 7.2')
    .option('--linux <version>', 'simulator, qtest: Linux release to model (default: 6.12)', linuxNamed)
    .option('--guest <name|dir>', 'guest: image to boot (default: trixie, on Arm trixie-arm64)')
    .addOption(new Option('--firmware <name>', 'guest: firmware to boot with').choices(['seabios', 'ovmf']))
    .option('--machine-file <file>', 'mail, shell script or log with the command line; - for standard input')
    .option('--id <prefix>', 'only rules whose id begins with these segments; may be repeated', several)
    .option('--output <dir>', 'where reports go (default: reports/check-<target>)')
    .option('--json', 'print as JSON')
    .argument('[options...]', "QEMU's options, after --; without them the command line is read from standard input")
    .action((words, options) => {
      const { checkMachine } = require('./check-machine') as typeof import('./check-machine');
      return checkMachine(words, options).then(finish);
    });
}
