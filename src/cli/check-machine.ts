/** `check`: all rules that hold of any machine, on one that somebody has pasted; a line for each rule. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { cameWith } from '../ledger/came-with';
import { DEFAULT_PLATFORM } from '../ledger/platforms';
import { NotApplicable } from '../ledger/verdict';
import { MachineCrash } from '../machine/crash';
import { Refusal } from '../machine/refusal';
import type { Topology } from '../machine/topology';
import { ruleVerdicts, showRules } from '../report/rule-verdicts';
import { findQemu } from '../target/inventory';
import { type MachineUnderCheck, machineUnderCheck, type Replaced } from '../target/machine-under-check';
import { openTarget } from '../target/open';
import type { TargetName, TargetOptions } from '../target/target';
import { select } from './catalogue';
import { reportsHome } from './cucumber';
import { EXIT, exitOfVerdicts, UsageError, whyUnreadable } from './exit';
import { type RunOptions, runOn } from './run';

export type CheckTarget = Exclude<TargetName, 'ssh'>;

export interface CheckOptions
  extends Pick<RunOptions, 'qemu' | 'without' | 'release' | 'linux' | 'guest' | 'firmware' | 'id' | 'output' | 'json'> {
  readonly target?: CheckTarget;
  /** `-` for standard input. */
  readonly machineFile?: string;
}

/** Scenarios that are about the machine under check. */
const TAG = '@any-machine';

/** Exit status as that of `run`; 2 for a machine that QEMU refuses. */
export async function checkMachine(words: readonly string[], options: CheckOptions): Promise<number> {
  const { machineFile, target: wanted, json = false, ...rest } = options;
  const machine = understood(words.length > 0 ? refusingBoth(words, machineFile) : await pasted(machineFile));
  const { machineType } = machine.setup.topology;
  const target = wanted ?? (await targetFor(options, machineType));
  const scenarios = await select({ tags: TAG, ...(rest.id && { id: rest.id }) });
  const platform = machineType && { platform: machineType };
  const parameters = { ...rest, ...platform, target, machine: machine.options };
  if (!json) console.log(showMachine(machine));
  const trouble = await starts(parameters, machine);
  if (trouble !== undefined) {
    console.log(
      json ? JSON.stringify({ machine: described(machine), trouble: trouble.words }, null, 2) : trouble.words,
    );
    return trouble.exit;
  }
  const output = options.output ?? join(reportsHome, `check-${target}`);
  const verdicts = await runOn(target, scenarios, { ...parameters, output, json: true });
  const rules = ruleVerdicts(verdicts.scenarios);
  if (json)
    console.log(JSON.stringify({ machine: described(machine), target: verdicts.target, rules, output }, null, 2));
  else console.log(`${showRules(rules)}\nreports: ${output}`);
  return exitOfVerdicts(verdicts.totals);
}

function refusingBoth(words: readonly string[], file: string | undefined): readonly string[] {
  if (file !== undefined) throw new UsageError('give the machine after -- or by --machine-file, not both');
  return words;
}

/** @throws UsageError if there is nothing to read. */
async function pasted(file = '-'): Promise<string> {
  if (file !== '-')
    return readFile(file, 'utf8').catch((error: unknown) => {
      throw new UsageError(`--machine-file ${file} cannot be read: ${whyUnreadable(error)}`);
    });
  if (process.stdin.isTTY)
    throw new UsageError(
      'no machine: give QEMU options after --, a file by --machine-file, or a text on standard input',
    );
  return text(process.stdin);
}

function understood(machine: string | readonly string[]): MachineUnderCheck {
  try {
    return machineUnderCheck(machine);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(error.message);
    throw error;
  }
}

async function targetFor(
  { qemu, release, guest, firmware }: CheckOptions,
  platform: Topology['machineType'],
): Promise<CheckTarget> {
  if (release !== undefined) return 'simulator';
  if (guest !== undefined || firmware !== undefined) return 'guest';
  if (qemu !== undefined) return 'qtest';
  return findQemu(undefined, process.env, platform).then(
    () => 'qtest',
    () => 'simulator',
  );
}

/** Why no rule can be held against the machine; undefined if it starts, and then it is kept for the rules. */
async function starts(parameters: RunOptions & Pick<TargetOptions, 'target'>, { setup }: MachineUnderCheck) {
  const { id, output, ...given } = parameters;
  const target = await openTarget(JSON.parse(JSON.stringify(given)) as TargetOptions);
  try {
    await target.release(await target.powerOn(setup));
    return undefined;
  } catch (error) {
    const trouble = troubleIn(error);
    if (trouble) await target.close();
    return trouble;
  }
}

function troubleIn(error: unknown): { readonly words: string; readonly exit: number } | undefined {
  if (error instanceof Refusal) return { words: `QEMU refuses the machine: ${error.complaint}`, exit: EXIT.usage };
  if (error instanceof NotApplicable)
    return {
      words: `the machine cannot be checked: ${error.message}${cameWith(error.lacking ?? '')}`,
      exit: EXIT.usage,
    };
  if (error instanceof MachineCrash)
    return { words: `QEMU crashes on the machine: ${error.message}`, exit: EXIT.lookAtIt };
  return undefined; // the rules show it
}

const described = ({ options, replaced, setAside, notModelled }: MachineUnderCheck) => ({
  options,
  replaced,
  setAside,
  notModelled,
});

function showMachine({ setup, replaced, setAside, notModelled }: MachineUnderCheck): string {
  return [
    showTopology(setup.topology),
    ...(replaced.length > 0 ? [`replaced by what is here: ${counted(replaced.map(showReplaced))}`] : []),
    ...(setAside.length > 0 ? [`set aside: ${counted(setAside)}`] : []),
    ...(notModelled.length > 0 ? [`not in the simulator: ${notModelled.join(', ')}`] : []),
    '',
  ].join('\n');
}

/** Of files and networks of another host, what they belong to will do. */
function showReplaced({ option, given, started }: Replaced): string {
  const id = /\b(?:id|node-name)"?[=:]"?([\w.-]+)/.exec(given)?.[1];
  return id === undefined ? `${option} ${started}` : `${option} ${id}`;
}

/** Each once, with how often it is there. */
const counted = (all: readonly string[]): string =>
  [...new Set(all)]
    .map((each) => ({ each, times: all.filter((other) => other === each).length }))
    .map(({ each, times }) => (times > 1 ? `${each} (${times})` : each))
    .join(', ');

function showTopology({
  machineType = DEFAULT_PLATFORM,
  ram,
  hostBridges,
  switches = [],
  type3s,
  windows,
}: Topology): string {
  const parts = [
    [hostBridges.length, 'host bridge'],
    [switches.length, 'switch'],
    [type3s.length, 'Type 3 device'],
    [windows.length, 'fixed memory window'],
  ] as const;
  const plural = (count: number, name: string) => (count === 1 ? name : name === 'switch' ? 'switches' : `${name}s`);
  return [
    `machine: ${machineType}`,
    `${ram >> 20n}M of RAM`,
    ...parts.map(([count, name]) => `${count} ${plural(count, name)}`),
  ].join(', ');
}
