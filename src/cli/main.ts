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
import { report } from './report';
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
    .option('--id <prefix>', 'scenarios whose id, or section, begins so, segment by segment; may be repeated', several);
}

const suite = (description: string): Option =>
  new Option('--suite <name>', description).choices(['bookworm', 'trixie', 'forky', 'sid']).default('trixie');

const program = new Command('cxl-conformance')
  .description('Holds an emulated CXL platform against an executable specification of how it must behave.')
  .version(version, '-V, --version', 'print the version')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

selection(program.command('run'))
  .description(
    'run scenarios and write reports; without --target on the simulator, and on a QEMU by qtest if one is found',
  )
  .addOption(new Option('--target <name>', 'what to hold against the scenarios').choices(TARGETS))
  .option('--qemu <path>', 'QEMU binary; else QEMU_TEST_QEMU_BINARY, QTEST_QEMU_BINARY, then PATH')
  .option('--without <name>', 'qtest, guest: the QEMU lacks that on purpose; may be repeated', several)
  .option('--release <version>', 'simulator: be like that QEMU release, such as 7.2')
  .option('--linux <version>', 'simulator, qtest: Linux release to model (default: 6.12)', linuxNamed)
  .option('--quirk <name>', 'simulator: plant a quirk; may be repeated', several)
  .option('--guest <name|dir>', 'guest: image to boot (default: trixie)')
  .addOption(new Option('--firmware <name>', 'guest: firmware to boot with').choices(['seabios', 'ovmf']))
  .option('--ssh <user@host[:port]>', 'ssh: the machine')
  .option('--identity <file>', 'ssh: private key', existing)
  .option('--allow-changes', 'ssh: let scenarios change the machine')
  .option('--touching <file>', 'run scenarios about this source file of QEMU first; may be repeated', several)
  .option('--jobs <n>', 'how many processes share the scenarios (default: what is worth it)', positive)
  .addOption(
    new Option('--bail [n]', 'end the run after the first failure, or after n').preset('1').argParser(positive),
  )
  .option('--shard <I/N>', 'run the I-th of N parts', shard)
  .option('--seed <n>', 'run in random order, the same for the same number', wholeNumber)
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
  .option('--quirks', 'with the quirks that make each fail')
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
  .description('list what is required, with the scenarios that hold it and their verdicts in the last runs')
  .option('--json', 'print as JSON')
  .action((options) => listRequirements(options).then(finish));

program
  .command('quirks')
  .description('list known and planted departures from conforming behaviour, and the scenarios that each makes fail')
  .argument('[names...]', 'quirks; all if none is given')
  .option('--json', 'print as JSON')
  .option('--unseen', 'what is known to be wrong and no target shows, with the reasons')
  .addOption(
    new Option('--check', 'run the scenarios with each quirk, and tell where the kill list differs').conflicts('json'),
  )
  .addOption(new Option('--update', 'the same, and rewrite the kill list').conflicts(['check', 'json']))
  .option('--singly', 'check or update with each quirk alone, which takes several times as long')
  .option('--id <prefix>', 'check or update only scenarios whose id begins so; may be repeated', several)
  .action((names, options) => listQuirks(names, options).then(finish));

program
  .command('expect')
  .description('find out what scenarios do on the simulator as a QEMU release, which runs on such a QEMU are judged by')
  .requiredOption('--release <version>', 'the release, such as 7.2')
  .option('--linux <version>', 'Linux release to model (default: 6.12)', linuxNamed)
  .action((options) => expect(options).then(finish));

program
  .command('reproduce')
  .description('print a shell script that shows a failure with a QEMU alone, cut down to the accesses that matter')
  .argument('<id>', 'scenario that fails by qtest')
  .option('--qemu <path>', 'QEMU binary; else QEMU_TEST_QEMU_BINARY, QTEST_QEMU_BINARY, then PATH')
  .option('--without <name>', 'the QEMU lacks that on purpose; may be repeated', several)
  .option('--linux <version>', 'Linux release to model (default: 6.12)', linuxNamed)
  .option('--limit <seconds>', 'for how long to look for accesses to leave out', wholeNumber, 60)
  .option('--output <file>', 'write the script there')
  .option('--gdb', 'run the script, with QEMU under gdb')
  .action((id, options) => reproduce(id, options).then(finish));

program
  .command('doctor')
  .description('tell what is here, what is missing, and the command that gets it')
  .option('--qemu <path>', 'QEMU binary to look at')
  .action((options) => doctor(options).then(finish));

program
  .command('judge')
  .description('name each inconsistency in what firmware handed over to a machine, from a dump of it')
  .requiredOption(
    '--tables <dir>',
    'e820.bin and CEDT.aml, with SRAT.aml, SLIT.aml and HMAT.aml where there are any, and decoders.json, which is what ' +
      'cxl list -D printed before any region was created',
  )
  .option('--json', 'print as JSON')
  .action((options) => judgeDump(options).then(finish));

program
  .command('differential')
  .description('build random machines in the simulator and in a QEMU, and tell where they differ')
  .option('--qemu <path>', 'QEMU binary; else QEMU_TEST_QEMU_BINARY, QTEST_QEMU_BINARY, then PATH')
  .option('--count <n>', 'how many machines', positive, 100)
  .option('--seed <n>', 'draw the same machines again', wholeNumber)
  .option('--json', 'print as JSON')
  .action((options) => {
    const { differential } = require('./differential') as typeof import('./differential'); // what it draws with loads slowly
    return differential(options).then(finish);
  });

program
  .command('compare')
  .description('list what a patched QEMU does otherwise than its base')
  .argument('<base>', 'QEMU binary, or the folder of a run')
  .argument('<patched>', 'QEMU binary, or the folder of a run')
  .option('--id <prefix>', 'only scenarios whose id begins so; may be repeated', several)
  .option('--count <n>', 'how many random machines to compare', wholeNumber)
  .option('--seed <n>', 'draw other random machines', wholeNumber)
  .addOption(new Option('--markdown', 'print as Markdown').conflicts('json'))
  .option('--json', 'print as JSON')
  .action((base, patched, options) => {
    const { compareCommand } = require('./compare') as typeof import('./compare'); // what it draws with loads slowly
    return compareCommand(base, patched, options).then(finish);
  });

selection(
  program.command('accept').argument('<series>', 'mailbox file, such as `b4 am` writes, or a branch of the tree'),
)
  .description('build a patch series beside its base, compare the two, and draft a reply to it')
  .requiredOption('--tree <dir>', "QEMU's git repository; its work tree, index and branches stay as they are")
  .option('--base <commit>', 'what the series applies to (default: its base-commit, else HEAD of the tree)')
  .option('--each', 'build and compare every patch, not the whole series alone')
  .option('--build <command>', 'shell command that builds, at the top of a work tree (default: configure and ninja)')
  .option('--binary <path>', 'the QEMU that it makes, from there (default: build/qemu-system-x86_64)')
  .option('--count <n>', 'how many random machines to compare', wholeNumber)
  .option('--seed <n>', 'draw the same random machines again', wholeNumber)
  .option('--keep', 'leave the work tree and the binaries')
  .option('--json', 'print as JSON')
  .action((series, features, options) => {
    const { accept } = require('./accept') as typeof import('./accept');
    return accept(series, { ...options, features }).then(finish);
  });

selection(program.command('bisect'))
  .description(
    'find the commit since which scenarios fail: with --good and --bad in a work tree of its own; else test the commit that is ' +
      'checked out, for git bisect run, with status 0 (good), 1 (bad), 125 (cannot be tested) or 128 (stop)',
  )
  .option('--tree <dir>', "QEMU's git repository", '.')
  .option('--good <commit>', 'where the scenarios hold')
  .option('--bad <commit>', 'where one of them fails')
  .option('--changed', 'whatever a scenario does otherwise than on the good commit is bad')
  .option('--build <command>', 'shell command that builds, at the top of the tree (default: configure and ninja)')
  .option('--binary <path>', 'the QEMU that it makes, from there (default: build/qemu-system-x86_64)')
  .option('--keep', 'leave the work tree')
  .action((features, options) => {
    const { bisect } = require('./bisect') as typeof import('./bisect');
    return bisect({ ...options, features }).then(finish);
  });

program
  .command('prove')
  .description('tell whether scenarios fail on a base QEMU and hold on a patched one')
  .requiredOption('--base <path>', 'QEMU binary, or the folder of a run')
  .requiredOption('--patched <path>', 'QEMU binary, or the folder of a run')
  .option('--id <prefix>', 'scenarios whose id begins so; all if none is given; may be repeated', several)
  .option('--json', 'print as JSON')
  .action((options) => {
    const { prove } = require('./prove') as typeof import('./prove');
    return prove(options).then(finish);
  });

program
  .command('tables')
  .description('tell what firmware leaves to an operating system: the E820 map, CEDT, SRAT, SLIT and HMAT of a machine')
  .addOption(new Option('--target <name>', 'whose machine (default: simulator)').choices(['simulator', 'qtest']))
  .option('--release <version>', 'simulator: be like that QEMU release, such as 7.2')
  .option('--qemu <path>', 'qtest: QEMU binary; else QEMU_TEST_QEMU_BINARY, QTEST_QEMU_BINARY, then PATH')
  .option('--out <dir>', 'write e820.bin and each table as SIGNATURE.aml there, for judge --tables')
  .argument('[options...]', "QEMU's options, after --")
  .action((words, options) => dumpTables(words, options).then(finish));

program
  .command('check')
  .description('hold a pasted QEMU command line against all rules that hold of any machine; a line for each rule')
  .addOption(
    new Option('--target <name>', 'where to run it (default: qtest, or the simulator if no QEMU is found)').choices([
      'simulator',
      'qtest',
      'guest',
    ]),
  )
  .option('--qemu <path>', 'qtest, guest: QEMU binary; else QEMU_TEST_QEMU_BINARY, QTEST_QEMU_BINARY, then PATH')
  .option('--without <name>', 'qtest, guest: the QEMU lacks that on purpose; may be repeated', several)
  .option('--release <version>', 'simulator: be like that QEMU release, such as 7.2')
  .option('--linux <version>', 'simulator, qtest: Linux release to model (default: 6.12)')
  .option('--guest <name|dir>', 'guest: image to boot (default: trixie)')
  .addOption(new Option('--firmware <name>', 'guest: firmware to boot with').choices(['seabios', 'ovmf']))
  .option('--machine-file <file>', 'a mail, a shell script or a log that has the command line; - for standard input')
  .option('--id <prefix>', 'only rules whose id begins so; may be repeated', several)
  .option('--output <dir>', 'where reports go (default: reports/check-<target>)')
  .option('--json', 'print as JSON')
  .argument('[options...]', "QEMU's options, after --; without them the text is read from standard input")
  .action((words, options) => checkMachine(words, options).then(finish));

program
  .command('report')
  .description('make the Allure report of all runs below a folder')
  .argument('[dir]', 'folder of reports', 'reports')
  .action((directory) => report(directory).then(finish));

program
  .command('guest')
  .description('guest images')
  .command('build')
  .description('make kernel and initramfs from Debian packages, cached outside the repository')
  .addOption(suite('Debian suite: bookworm (Linux 6.1), trixie (6.12) or a newer one'))
  .option('--force', 'build it again')
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
  .option('--as <name>', 'what a linked QEMU is called (default: the name of its folder or file)')
  .action((kind, source, options) => loadLab().addToLab(kind, source, options).then(finish));

lab
  .command('list')
  .description('list what there is, with its size and place')
  .option('--check', 'compare all files with their checksums')
  .option('--json', 'print as JSON')
  .action((options) => loadLab().listLab(options).then(finish));

lab
  .command('remove')
  .description('remove something; what a link leads to stays')
  .addArgument(new Argument('<kind>', 'of what kind it is').choices(KINDS))
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
  .option('--accept', 'take what the last night showed for accepted')
  .option('--output <dir>', "where the night's reports go (default: reports/nightly)")
  .option('--expected <dir>', 'where the files of what is accepted stand (default: reports/expected)')
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
  .description(
    'print what has a shell complete commands, options and ids, such as: source <(cxl-conformance completion bash)',
  )
  .addArgument(new Argument('<shell>', 'of that shell').choices(['bash', 'zsh', 'fish']))
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
    if (error instanceof CommanderError) return finish(error.exitCode === 0 ? EXIT.asExpected : usageStatus(words)); // it has spoken
    console.error(`cxl-conformance: ${(error as Error).message}`);
    finish(exitOf(error));
  });
}

if (require.main?.filename === join(__dirname, 'main.js')) void main(process.argv.slice(2)); // not a test
