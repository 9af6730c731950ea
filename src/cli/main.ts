/** The command line: its words, and the exit status that each end has. DESIGN.md: The command. */
import { join } from 'node:path';
import { Argument, Command, CommanderError, Option } from 'commander';
import { KINDS } from '../lab/entry';
import { linuxNamed } from '../ledger/linux';
import { version } from '../report/version';
import { TARGETS } from '../target/target';
import { checkMachine } from './check-machine';
import { doctor } from './doctor';
import { EXIT, exitOf, STOP_BISECTING } from './exit';
import { expect } from './expect';
import { buildGuestImage } from './guest';
import { judgeDump } from './judge';
import { list } from './list';
import { getQemu } from './qemu';
import { listQuirks } from './quirks';
import { reproduce } from './reproduce';
import { listRequirements } from './requirements';
import { run } from './run';
import { REPEATABLE as several, strictly } from './strict';
import { dumpTables } from './tables';
import { existing, positive, shard, wholeNumber } from './values';

function selection(command: Command): Command {
  return command
    .argument('[features...]', 'feature files or folders; all if none is given')
    .option('--tags <expression>', 'scenarios whose tags match, such as "@region and not @thread-T2"')
    .option('--id <prefix>', 'scenarios whose id or section begins with these segments; may be repeated', several);
}

const suite = (description: string): Option =>
  new Option('--suite <name>', description).choices(['bookworm', 'trixie', 'forky', 'sid']).default('trixie');

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
  .option('--release <version>', 'simulator: QEMU release to model, such as 7.2')
  .option('--linux <version>', 'simulator, qtest: Linux release to model (default: 6.12)', linuxNamed)
  .option('--quirk <name>', 'simulator: quirk to turn on; may be repeated', several)
  .option('--guest <name|dir>', 'guest: image to boot (default: trixie)')
  .addOption(new Option('--firmware <name>', 'guest: firmware to boot with').choices(['seabios', 'ovmf']))
  .option('--ssh <user@host[:port]>', 'ssh: the machine')
  .option('--identity <file>', 'ssh: private key', existing)
  .option('--allow-changes', 'ssh: let scenarios change the machine')
  .option('--touching <file>', 'run scenarios about this source file of QEMU first; may be repeated', several)
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
  .option('--touching <file>', 'scenarios about this source file of QEMU, such as hw/cxl/cxl-cdat.c', several)
  .option('--quirks', 'with the quirks by which each fails')
  .option('--json', 'print as JSON')
  .action((features, options) => list({ ...options, features }).then(finish));

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
  .action((options) => listRequirements(options).then(finish));

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
  .action((names, options) => listQuirks(names, options).then(finish));

program
  .command('expect')
  .description('compute what scenarios do on the simulator as a QEMU release; runs on that release are judged by it')
  .requiredOption('--release <version>', 'the release, such as 7.2')
  .option('--linux <version>', 'Linux release to model (default: 6.12)', linuxNamed)
  .action((options) => expect(options).then(finish));

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
  .action((id, options) => reproduce(id, options).then(finish));

program
  .command('doctor')
  .description('list what is installed, what is missing, and the command that installs it')
  .option('--qemu <path>', 'QEMU binary to look at')
  .action((options) => doctor(options).then(finish));

program
  .command('judge')
  .description('check a dump of memory map, tables and decoders for consistency')
  .requiredOption(
    '--tables <dir>',
    'folder with e820.bin and CEDT.aml; optionally SRAT.aml, SLIT.aml, HMAT.aml, and decoders.json, the output of ' +
      'cxl list -D before any region was created',
  )
  .option('--json', 'print as JSON')
  .action((options) => judgeDump(options).then(finish));

program
  .command('differential')
  .description('start random machines in the simulator and in a QEMU, and list the differences')
  .option('--qemu <path>', 'QEMU binary (default: QEMU_TEST_QEMU_BINARY, QTEST_QEMU_BINARY, or the one in PATH)')
  .option('--count <n>', 'number of machines', positive, 100)
  .option('--seed <n>', 'seed of the random machines; the same seed draws the same machines', wholeNumber)
  .option('--json', 'print as JSON')
  .action((options) => {
    const { differential } = require('./differential') as typeof import('./differential'); // what it draws with loads slowly
    return differential(options).then(finish);
  });

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

program
  .command('tables')
  .description(
    'print what firmware hands over to the operating system: the E820 map, CEDT, SRAT, SLIT and HMAT of a machine',
  )
  .addOption(
    new Option('--target <name>', 'what runs the machine (default: simulator)').choices(['simulator', 'qtest']),
  )
  .option('--release <version>', 'simulator: QEMU release to model, such as 7.2')
  .option('--qemu <path>', 'qtest: QEMU binary (default: QEMU_TEST_QEMU_BINARY, QTEST_QEMU_BINARY, or the one in PATH)')
  .option('--out <dir>', 'write e820.bin and each table as SIGNATURE.aml there, for judge --tables')
  .argument('[options...]', "QEMU's options, after --")
  .action((words, options) => dumpTables(words, options).then(finish));

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
  .option('--guest <name|dir>', 'guest: image to boot (default: trixie)')
  .addOption(new Option('--firmware <name>', 'guest: firmware to boot with').choices(['seabios', 'ovmf']))
  .option('--machine-file <file>', 'mail, shell script or log with the command line; - for standard input')
  .option('--id <prefix>', 'only rules whose id begins with these segments; may be repeated', several)
  .option('--output <dir>', 'where reports go (default: reports/check-<target>)')
  .option('--json', 'print as JSON')
  .argument('[options...]', "QEMU's options, after --; without them the command line is read from standard input")
  .action((words, options) => checkMachine(words, options).then(finish));

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
  .command('guest')
  .description('guest images')
  .command('build')
  .description('build kernel and initramfs from Debian packages, cached outside the repository')
  .addOption(suite('Debian suite: bookworm (Linux 6.1), trixie (6.12) or a newer one'))
  .option('--force', 'build it even if it is cached')
  .action((options) => buildGuestImage(options).then(finish));

program
  .command('statement')
  .description('make a statement of conformance of a run of all scenarios on a QEMU, and the pages of all statements')
  .argument('[dirs...]', 'folders of runs; without any, only the pages are made again')
  .option('--output <dir>', 'where statements are kept (default: reports/statements)')
  .action((directories, options) => {
    const { statement } = require('./statement') as typeof import('./statement');
    return statement(directories, options).then(finish);
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

program
  .command('qemu')
  .description('QEMU releases')
  .command('get')
  .description("unpack a Debian suite's QEMU beside this system's, cached outside the repository; prints its path")
  .addOption(suite('Debian suite: bookworm (QEMU 7.2), trixie (10.0) or a newer one'))
  .action((options) => getQemu(options).then(finish));

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

function finish(status: number): void {
  process.exitCode = status;
}

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
