/**
 * The command line: its words, and the exit status that each end has. DESIGN.md: The command.
 * What a command needs is loaded when it is called: most of what a short one costs is loading.
 */
import { join } from 'node:path';
import { Argument, Command, CommanderError, Option } from 'commander';
import { linuxNamed } from '../ledger/linux';
import { ARCHITECTURES, PLATFORM_NAMES } from '../ledger/platforms';
import { version } from '../report/version';
import { DEBIAN_ARCHITECTURES, SUITES } from '../system/archive';
import { TARGETS } from '../target/target';
import { EXIT, exitOf, finish, STOP_BISECTING } from './exit';
import { addMachineCommands } from './machine-commands';
import { addNightCommands } from './night-commands';
import { run } from './run';
import { selection } from './selection-options';
import { addSeriesCommands } from './series-commands';
import { REPEATABLE as several, strictly } from './strict';
import { existing, positive, shard, wholeNumber } from './values';

const suite = (description: string): Option =>
  new Option('--suite <name>', description).choices(SUITES).default('trixie');

const platform = (description: string): Option => new Option('--platform <name>', description).choices(PLATFORM_NAMES);

const program = new Command('cxl-conformance')
  .description('Checks an emulated CXL platform against an executable specification of how it must behave.')
  .version(version, '-V, --version', 'print the version')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

selection(program.command('run'))
  .description(
    'run scenarios and write reports; without --target on the simulator, and on a QEMU by qtest if one is found',
  )
  .addOption(new Option('--target <name>', 'what to run the scenarios on').choices(TARGETS))
  .option('--qemu <path>', 'QEMU binary (default: QEMU_TEST_QEMU_BINARY, QTEST_QEMU_BINARY, or the one in PATH)')
  .option(
    '--without <name>',
    'qtest, guest: a device, option or command that this QEMU lacks on purpose; may be repeated',
    several,
  )
  .addOption(platform('simulator: the platform to model (default: q35); qtest: the one that the QEMU must have'))
  .option('--release <version>', 'simulator: QEMU release to model, such as 7.2')
  .option('--linux <version>', 'simulator, qtest: Linux release to model (default: 6.12)', linuxNamed)
  .option('--quirk <name>', 'simulator: quirk to turn on; may be repeated', several)
  .option('--guest <name|dir>', 'guest: image to boot (default: trixie, on Arm trixie-arm64)')
  .addOption(new Option('--firmware <name>', 'guest: firmware to boot with').choices(['seabios', 'ovmf']))
  .option('--ssh <user@host[:port]>', 'ssh: the machine')
  .option('--identity <file>', 'ssh: private key', existing)
  .option('--allow-changes', 'ssh: let scenarios change the machine')
  .option(
    '--touching <file>',
    'run scenarios about this source file of QEMU, or FILE:FUNCTION, first; may be repeated',
    several,
  )
  .option(
    '--jobs <n>',
    'number of processes that share the scenarios (default: by number of cores and scenarios)',
    positive,
  )
  .addOption(
    new Option('--bail [n]', 'end the run after the first failure, or after n').preset('1').argParser(positive),
  )
  .option('--shard <I/N>', 'run the I-th of N parts', shard)
  .option('--seed <n>', 'run in random order; the same seed gives the same order', wholeNumber)
  .option('--output <dir>', 'where reports go (default: a folder in reports/ named by target, QEMU and kernel)')
  .option('--keep', 'qtest: write a script for each failure that shows it with a QEMU alone: failures/ID/reproduce.sh')
  .option('--json', 'print verdicts.json on standard output')
  .action((features, options) => run({ ...options, features }).then(finish));

program
  .command('merge')
  .description('merge the shards of a run into the reports that the whole run writes; exits as that run would')
  .argument('<dirs...>', 'folders of all shards, as run --shard I/N --output DIR wrote them')
  .option('--output <dir>', 'where reports go (default: a folder in reports/ named by target, QEMU and kernel)')
  .option('--json', 'print verdicts.json on standard output')
  .action((directories, options) => {
    const { merge } = require('./merge') as typeof import('./merge');
    return merge(directories, options).then(finish);
  });

selection(program.command('list'))
  .description('list scenarios: ids, rules, requirements, files')
  .option('--grep <text>', 'scenarios that have this in their steps, names or tags')
  .option(
    '--touching <file>',
    'scenarios about this source file of QEMU, or that run FILE:FUNCTION, such as hw/cxl/cxl-cdat.c:ct3_load_cdat',
    several,
  )
  .option('--quirks', 'with the quirks by which each fails')
  .option('--defects', 'known defects of QEMU by which they fail: releases, source, what is right, how to reproduce it')
  .option('--json', 'print as JSON')
  .action((features, options) => {
    const { list } = require('./list') as typeof import('./list');
    return list({ ...options, features }).then(finish);
  });

program
  .command('show')
  .description(
    'show all that is known of a scenario: rule, steps, sources, quirks, source files, verdicts in the last runs',
  )
  .argument('<id>', 'a scenario, or the beginning of an id: E820-1.2, E820-1')
  .option('--json', 'print as JSON')
  .action((id, options) => {
    const { show } = require('./show') as typeof import('./show');
    return show(id, options).then(finish);
  });

program
  .command('requirements')
  .description('list the requirements, with the scenarios that check each and their verdicts in the last runs')
  .option('--json', 'print as JSON')
  .action((options) => {
    const { listRequirements } = require('./requirements') as typeof import('./requirements');
    return listRequirements(options).then(finish);
  });

program
  .command('quirks')
  .description('list known and planted departures from conforming behaviour, and the scenarios that fail by each')
  .argument('[names...]', 'quirks; all if none is given')
  .option('--json', 'print as JSON')
  .option('--unseen', 'known defects that no target shows, with the reasons')
  .addOption(
    new Option('--check', 'run the scenarios with each quirk, and print where the kill list differs').conflicts('json'),
  )
  .addOption(new Option('--update', 'the same, and rewrite the kill list').conflicts(['check', 'json']))
  .option('--singly', 'check or update with each quirk alone, which takes several times as long')
  .option(
    '--id <prefix>',
    'check or update only scenarios whose id begins with these segments; may be repeated',
    several,
  )
  .action((names, options) => {
    const { listQuirks } = require('./quirks') as typeof import('./quirks');
    return listQuirks(names, options).then(finish);
  });

program
  .command('expect')
  .description('compute what scenarios do on the simulator as a QEMU release; runs on that release are judged by it')
  .requiredOption('--release <version>', 'the release, such as 7.2')
  .option('--linux <version>', 'Linux release to model (default: 6.12)', linuxNamed)
  .addOption(platform('platform to model (default: q35)'))
  .action((options) => {
    const { expect } = require('./expect') as typeof import('./expect');
    return expect(options).then(finish);
  });

program
  .command('reproduce')
  .description('print a shell script that shows a failure with a QEMU alone, cut down to the accesses that matter')
  .argument('<id>', 'scenario that fails on qtest')
  .option('--qemu <path>', 'QEMU binary (default: QEMU_TEST_QEMU_BINARY, QTEST_QEMU_BINARY, or the one in PATH)')
  .option('--without <name>', 'a device, option or command that this QEMU lacks on purpose; may be repeated', several)
  .option('--linux <version>', 'Linux release to model (default: 6.12)', linuxNamed)
  .option('--limit <seconds>', 'how long to try leaving out accesses', wholeNumber, 60)
  .option('--output <file>', 'write the script to this file')
  .option('--gdb', 'run the script, with QEMU under gdb')
  .action((id, options) => {
    const { reproduce } = require('./reproduce') as typeof import('./reproduce');
    return reproduce(id, options).then(finish);
  });

program
  .command('doctor')
  .description('list what is installed, what is missing, and the command that installs it')
  .option('--qemu <path>', 'QEMU binary to look at')
  .action((options) => {
    const { doctor } = require('./doctor') as typeof import('./doctor');
    return doctor(options).then(finish);
  });

addMachineCommands(program);

addSeriesCommands(program);

addNightCommands(program);

program
  .command('guest')
  .description('guest images')
  .command('build')
  .description('build kernel and initramfs from Debian packages, cached outside the repository')
  .addOption(suite('Debian suite: bookworm (Linux 6.1), trixie (6.12) or a newer one'))
  .addOption(new Option('--arch <name>', 'architecture of the guest').choices(DEBIAN_ARCHITECTURES).default('amd64'))
  .option('--force', 'build it even if it is cached')
  .action((options) => {
    const { buildGuestImage } = require('./guest') as typeof import('./guest');
    return buildGuestImage(options).then(finish);
  });

program
  .command('qemu')
  .description('QEMU releases')
  .command('get')
  .description("unpack a Debian suite's QEMU beside this system's, cached outside the repository; prints its path")
  .addOption(suite('Debian suite: bookworm (QEMU 7.2), trixie (10.0) or a newer one'))
  .addOption(new Option('--arch <name>', 'architecture of its machines').choices(ARCHITECTURES).default('x86_64'))
  .action((options) => {
    const { getQemu } = require('./qemu') as typeof import('./qemu');
    return getQemu(options).then(finish);
  });

program
  .command('completion')
  .description('print a completion script for commands, options and ids: source <(cxl-conformance completion bash)')
  .addArgument(new Argument('<shell>', 'shell to complete in').choices(['bash', 'zsh', 'fish']))
  .action((shell) => {
    const { completion } = require('./completion') as typeof import('./completion');
    return completion(program, shell).then(finish);
  });

program
  .command('complete', { hidden: true }) // for those scripts
  .argument('<line>')
  .argument('[word]')
  .action((line, word) => {
    const { complete } = require('./completion') as typeof import('./completion');
    return complete(program, line, word).then(finish);
  });

// A reader such as head has had enough.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
  process.exit(code === 'EPIPE' ? EXIT.asExpected : EXIT.broken),
);

/** git bisect run takes the usual one for a bad commit. */
const usageStatus = ([command]: readonly string[]): number => (command === 'bisect' ? STOP_BISECTING : EXIT.usage);

const begin = strictly(program);

/** Follows a command line; process.exitCode says how it ended. */
export async function main(words: readonly string[]): Promise<void> {
  begin();
  await program.parseAsync([...words], { from: 'user' }).catch((error: unknown) => {
    if (error instanceof CommanderError) return finish(error.exitCode === 0 ? EXIT.asExpected : usageStatus(words)); // commander has printed it
    console.error(`cxl-conformance: ${(error as Error).message}`);
    finish(exitOf(error));
  });
  if (process.connected) process.disconnect(); // whoever listens for the end of the other side would wait for it
}

if (require.main?.filename === join(__dirname, 'main.js')) void main(process.argv.slice(2)); // not a test
