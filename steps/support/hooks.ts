import { stripVTControlCharacters } from 'node:util';
import {
  After,
  AfterAll,
  Before,
  BeforeAll,
  type ITestCaseHookParameter,
  Status,
  setDefaultTimeout,
  setDefinitionFunctionWrapper,
} from '@cucumber/cucumber';
import { DecodeError } from '../../src/codec/decode-error';
import { judge, NotApplicable, type Outcome } from '../../src/ledger/verdict';
import { MachineCrash } from '../../src/machine/crash';
import { scenarioIn } from '../../src/report/catalogue';
import { JUDGEMENT_MEDIA_TYPE, type JudgementAttachment } from '../../src/report/judgement-attachment';
import { openTarget, unavailable } from '../../src/target/open';
import { NEEDS, type Need, type TargetOptions } from '../../src/target/target';
import { CxlWorld } from './world';

/**
 * What a step may wait for has a limit of its own, below this one: the longest are a guest's boot that stalls and is tried
 * again, and one with a second Linux.
 */
setDefaultTimeout(600_000);

/**
 * One of several processes that share scenarios has nothing left to do when the one that has started it is gone: it is told,
 * or finds out while it sends.
 */
for (const gone of ['disconnect', 'error']) process.once(gone, () => process.exit());

/** Of the machines that the target has started, how many have been told of. */
let counted = 0;

BeforeAll(async function (this: { parameters: unknown }) {
  const options = this.parameters as TargetOptions;
  CxlWorld.target = await openTarget(options).catch((error: Error) => unavailable(options, error));
  counted = CxlWorld.target.started();
});

Before(function (this: CxlWorld, { gherkinDocument, pickle }: ITestCaseHookParameter) {
  const { expectedQuirks } = CxlWorld.target;
  const { quirks } = scenarioIn(gherkinDocument, pickle);
  this.expectedQuirks = expectedQuirks.filter((name) => quirks.includes(name));
  this.devices.compared = pickle.steps.some(({ text }) => text.endsWith('is as it was before'));
  for (const name of tagged('@needs:', pickle)) this.need(needNamed(name));
});

/** Judges what a step throws. */
setDefinitionFunctionWrapper(
  (definition: (...args: unknown[]) => unknown) =>
    async function (this: CxlWorld, ...args: unknown[]) {
      try {
        return await definition.apply(this, args);
      } catch (error) {
        const judgement = judge(
          outcomeOf(error),
          this.expectedQuirks,
          stripVTControlCharacters((error as Error).message),
        );
        this.judgement ??= judgement;
        if (judgement.verdict === 'known' || judgement.verdict === 'not-applicable') return 'skipped';
        throw error;
      }
    },
);

/** An expectation not met, bytes that make no sense, and a machine that crashes are findings about the target; the rest is our own trouble. */
function outcomeOf(error: unknown): Outcome {
  if (error instanceof NotApplicable) return 'not-applicable';
  const isAssertion = error instanceof Error && 'matcherResult' in error;
  const isFinding = isAssertion || error instanceof DecodeError || error instanceof MachineCrash;
  return isFinding ? 'failed' : 'broken';
}

After(async function (this: CxlWorld, { result }: ITestCaseHookParameter) {
  const outcome = result?.status === Status.PASSED ? 'passed' : 'broken';
  const judgement = this.judgement ?? judge(outcome, this.expectedQuirks, result?.message);
  const platform = await this.poweredOn();
  const { subject, started } = CxlWorld.target;
  const machines = started() - counted;
  counted += machines;
  const commandLine = platform?.commandLine;
  const attachment: JudgementAttachment = {
    ...judgement,
    ...(commandLine && { commandLine }),
    subject,
    machines,
  };
  this.attach(JSON.stringify(attachment), JUDGEMENT_MEDIA_TYPE);

  if (platform && ['fails', 'broken', 'fixed'].includes(judgement.verdict)) {
    for (const { name, mediaType, body } of await platform.evidence()) this.attach(body, { mediaType, fileName: name });
  }
  if (platform) await CxlWorld.target.release(platform);
  if (judgement.verdict === 'fixed') throw new Error(`${judgement.reason} No longer so: correct src/ledger/quirks.ts`);
});

AfterAll(async () => {
  await CxlWorld.target?.close();
});

/** @throws RangeError, for the scenario is wrong, if there is none. */
function needNamed(name: string): Need {
  const found = NEEDS.find((need) => need === name);
  if (!found) throw new RangeError(`no @needs:${name}; there are ${NEEDS.join(', ')}`);
  return found;
}

/** What follows `prefix` in the tags that start with it. */
function tagged(prefix: string, { tags }: ITestCaseHookParameter['pickle']): string[] {
  return tags.filter(({ name }) => name.startsWith(prefix)).map(({ name }) => name.slice(prefix.length));
}
