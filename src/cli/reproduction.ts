/** A scenario that fails on a QEMU as a script without this suite: runs it, finds what answers otherwise, leaves out the rest. */
import type { Finding } from '../ledger/judgement';
import { MachineCrash } from '../machine/crash';
import { Refusal } from '../machine/refusal';
import type { Scenario } from '../report/catalogue';
import { blame, type Difference, differences } from '../reproduce/blame';
import { type Cut, cutDown, endedBy, type Part, partsOf } from '../reproduce/cut-down';
import { answerOf } from '../reproduce/lines';
import { probesOf } from '../reproduce/probe';
import { type Fault, scriptOf } from '../reproduce/script';
import type { Call, Outcome } from '../target/tape';
import { type Ran, RepeatedScenario } from './repeated-scenario';

export interface Reproduction {
  readonly script: string;
  /** How it came to be, for people: sentences. */
  readonly notes: readonly string[];
}

export interface ReproductionOptions {
  readonly qemu?: string | undefined;
  readonly linux?: string | undefined;
  readonly without?: readonly string[] | undefined;
  /** How long to look for what can be left out, in ms. */
  readonly limit: number;
}

/** Nothing can be written for this scenario; the message says why. */
export class NoReproducer extends Error {
  override readonly name = 'NoReproducer';
}

/** @throws NoReproducer if the scenario does not fail, or not by what a QEMU answers; QemuError if there is no QEMU */
export async function reproduction(scenario: Scenario, options: ReproductionOptions): Promise<Reproduction> {
  const { qemu, linux, without, limit } = options;
  const real = await RepeatedScenario.of(scenario, { target: 'qtest', qemu, linux, without });
  const { personality, description } = real;
  const release = personality?.release;
  const failed = await real.run();
  const { linux: modelled, platform } = personality ?? {};
  const alike = { target: 'simulator', release, linux: modelled, platform } as const;
  const expected = await (await RepeatedScenario.of(scenario, alike)).run();
  const finding = decisive(failed.findings, expected.findings);
  if (!finding) throw new NoReproducer(`${scenario.id} does not fail on ${description}: there is nothing to reproduce`);
  const reference = await RepeatedScenario.of(scenario, { ...alike, mended: scenario.quirks });
  const right = await reference.run();

  const { startedWith, calls } = failed.tape;
  if (!startedWith) throw new NoReproducer(`${scenario.id} fails before it starts a machine: ${finding.words}`);
  if (calls.some(({ method }) => method === 'migrate'))
    throw new NoReproducer(`${scenario.id} takes two QEMUs, for it migrates a machine; a script starts one`);
  const about = (notes: readonly string[], fault: string) => headOf(scenario, real, finding, fault, notes);
  const steps = real.stepTexts;
  const made = (fault: Fault, parts: readonly Part[], said: string, notes: readonly string[]) => ({
    script: scriptOf({ about: about(notes, said), startedWith, steps, parts, fault }),
    notes,
  });

  if (!failed.tape.again || failed.tape.refusal) {
    const fault = startFault(failed.tape.refusal, right.tape.refusal);
    return made(fault, [], `The machine is started, and no more.`, []);
  }
  const until = Date.now() + limit;
  const isTimeUp = () => Date.now() > until;
  const ended = calls.findIndex(({ outcome }) => !outcome || ('error' in outcome && endedBy(outcome.error)));
  const crash = ended < 0 ? undefined : signalOf(calls[ended]?.outcome);
  const found = crash ? undefined : await blamed(calls, right, reference, finding, isTimeUp);
  const parts = crash ? calls.slice(0, ended + 1).map((call) => ({ call })) : partsFor(calls, found?.differences ?? []);
  const qemuAgain = failed.tape.again;
  const simulator = right.tape.again;
  const cut = await cutDown({ parts, calls, ...(crash && { crash }), qemu: qemuAgain, simulator, isTimeUp });
  const notes = notesOf(cut, parts, found?.confirmed ?? true, limit);
  const fault: Fault = crash ? { kind: 'crash', came: crash } : { kind: 'value' };
  return made(fault, cut.parts, crash ? `QEMU crashes (${crash}).` : valuesOf(cut.parts), notes);
}

/** The finding that the release is not known to have, be it that something is lacking; else the first that fails. */
function decisive(findings: readonly Finding[], expected: readonly Finding[]): Finding | undefined {
  const isKnown = ({ step, words }: Finding) => expected.some((each) => each.step === step && each.words === words);
  return findings.find((finding) => !isKnown(finding)) ?? findings.find(({ kind }) => kind === 'failed');
}

/** Which differences make the scenario fail: tried by having the simulator answer as the QEMU does. */
async function blamed(
  calls: readonly Call[],
  right: Ran,
  reference: RepeatedScenario,
  { kind, step, words }: Finding,
  isTimeUp: () => boolean,
) {
  const all = differences(calls, right.tape.calls, step);
  const fails = async (some: readonly Difference[]) => {
    const injected = some.flatMap(({ name, call }): [string, Outcome][] =>
      call.outcome ? [[name, call.outcome]] : [],
    );
    const { findings } = await reference.run(new Map(injected));
    return findings.some((each) => each.kind === kind && each.step === step && each.words === words);
  };
  const found = await blame(all, fails, isTimeUp);
  if (found.differences.length === 0) {
    throw new NoReproducer(
      'QEMU answers each access as the simulator does: what fails is not in what it answers to qtest or QMP',
    );
  }
  return found;
}

function partsFor(calls: readonly Call[], found: readonly Difference[]): Part[] {
  const probes = found.map((difference) => [difference.call, probesOf(difference)] as const);
  if (probes.some(([, [first]]) => first?.call.outcome && answerOf(first.call, first.call.outcome) === undefined)) {
    throw new NoReproducer('what fails is an event that QEMU does not send, which a script cannot read');
  }
  return partsOf(calls, new Map(probes));
}

function startFault(came: Error | undefined, expected: Error | undefined): Fault {
  const words = (error: Error | undefined) => (error instanceof Refusal ? error.complaint : undefined);
  const said = came instanceof MachineCrash ? came.brief : words(came);
  return { kind: 'start', expected: words(expected), came: said ?? came?.message };
}

const signalOf = (outcome: Outcome | undefined): string =>
  (outcome && 'error' in outcome ? endedBy(outcome.error) : undefined) ?? 'what it was told';

function notesOf(
  { parts, shows, minimal, trusted, tries }: Cut,
  all: readonly Part[],
  confirmed: boolean,
  limit: number,
) {
  const left = `${parts.length} of ${all.length} accesses are left`;
  if (!shows) return [`Not reduced: made again without the scenario, ${all.length} accesses do not show it each time.`];
  return [
    minimal
      ? `${left}: none of them can be spared (${tries} tries).`
      : `${left}; not minimal: ${reasonOf(trusted, limit)}.`,
    ...(confirmed ? [] : ['The simulator does not fail by this value alone: it may be another one that matters.']),
  ];
}

const reasonOf = (trusted: boolean, limit: number): string =>
  trusted
    ? `stopped after ${limit / 1000} s`
    : "what firmware does at boot was kept, for without it the value may be another's";

const valuesOf = (parts: readonly Part[]): string => {
  const [first] = parts.flatMap(({ probe }) => probe ?? []);
  const came = first?.call.outcome && answerOf(first.call, first.call.outcome);
  const wanted = first?.expected && answerOf(first.call, first.expected);
  return `Expected ${wanted ?? 'another answer'}, came ${came}.`;
};

function headOf(
  { id, rule, name, uri, line }: Scenario,
  real: RepeatedScenario,
  { step, words }: Finding,
  fault: string,
  notes: readonly string[],
): string[] {
  const { version } = require('../../package.json') as { version: string };
  return [
    `${id} of cxl-conformance ${version}, ${uri}:${line}`,
    `Rule: ${rule}`,
    `Scenario: ${name}`,
    ...real.shown(step),
    '',
    `On ${real.description}:`,
    ...words.split('\n').map((each) => `  ${each}`.trimEnd()),
    '',
    fault,
    ...notes,
    '',
    'sh FILE: ends with 1 if QEMU is wrong, with 0 if it is right, with 3 if that cannot be told.',
    'sh FILE --gdb: under gdb. QEMU=PATH: another QEMU. QTEST_LOG=1: shows the accesses.',
  ];
}
