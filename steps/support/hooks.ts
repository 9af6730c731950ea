import {
  After,
  AfterAll,
  Before,
  BeforeAll,
  BeforeStep,
  type ITestCaseHookParameter,
  type ITestStepHookParameter,
  Status,
  setDefaultTimeout,
  setDefinitionFunctionWrapper,
} from '@cucumber/cucumber';
import { PickleStepType } from '@cucumber/messages';
import { quirkNamed } from '../../src/ledger/quirks';
import { scenarioIn } from '../../src/report/catalogue';
import {
  JUDGEMENT_MEDIA_TYPE,
  type JudgementAttachment,
  LEFT_OUT_MEDIA_TYPE,
} from '../../src/report/judgement-attachment';
import { isEnough, noteFailure } from '../../src/system/bail';
import { openTarget, unavailable } from '../../src/target/open';
import { NEEDS, type Need, type TargetOptions } from '../../src/target/target';
import { Expectations } from './expectations';
import { attachPicture } from './machine-picture';
import { Trial } from './trial';
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
// that listener alone must not keep a run from ending: one of several such processes listens for messages besides
if (process.listenerCount('message') === 0) process.channel?.unref();

/** Of the machines that the target has started, how many have been told of. */
let counted = 0;

let expectations: Expectations | undefined;

BeforeAll(async function (this: { parameters: unknown }) {
  const options = this.parameters as TargetOptions;
  CxlWorld.target = await openTarget(options).catch((error: Error) => unavailable(options, error));
  expectations = options.record ? undefined : new Expectations(CxlWorld.target, options.machine);
  counted = CxlWorld.target.started();
});

Before(async function (this: CxlWorld, { pickle, gherkinDocument }: ITestCaseHookParameter) {
  const { bail } = this.parameters;
  if (bail && isEnough(bail)) {
    this.leftOut = true;
    this.attach('', LEFT_OUT_MEDIA_TYPE);
    return 'skipped';
  }
  const { id, quirks } = scenarioIn(gherkinDocument, pickle);
  this.scenario = id;
  const expected = await expectations?.for(id, quirks.map(quirkNamed));
  this.trial = new Trial(expected, CxlWorld.target.subject.without, this.bridgeName);
  this.devices.compared = pickle.tags.some(({ name }) => name === '@unchanged');
  for (const name of tagged('@needs:', pickle)) this.need(needNamed(name));
  return undefined;
});

BeforeStep(function (this: CxlWorld, { pickle, pickleStep }: ITestStepHookParameter) {
  this.trial.step = {
    index: pickle.steps.indexOf(pickleStep),
    isThen: pickleStep.type === PickleStepType.OUTCOME,
  };
});

/** Takes what a step throws for what it is. */
setDefinitionFunctionWrapper(
  (definition: (...args: unknown[]) => unknown) =>
    async function (this: CxlWorld, ...args: unknown[]) {
      try {
        return await definition.apply(this, args);
      } catch (error) {
        return this.trial.take(error) ? undefined : 'skipped';
      }
    },
);

After(async function (this: CxlWorld, { result }: ITestCaseHookParameter) {
  if (this.leftOut) return;
  const judgement = this.trial.verdict(result?.status === Status.PASSED, result?.message);
  const platform = await this.poweredOn();
  const { subject, started } = CxlWorld.target;
  const machines = started() - counted;
  counted += machines;
  const commandLine = platform?.commandLine;
  const attachment: JudgementAttachment = {
    ...judgement,
    ...(commandLine && { commandLine }),
    findings: this.trial.findings,
    subject,
    machines,
  };
  this.attach(JSON.stringify(attachment), JUDGEMENT_MEDIA_TYPE);

  const { bail, record, unshared } = this.parameters;
  if (platform && judgement.verdict !== 'broken' && !record && !unshared) await attachPicture(this);
  if (bail && ['fails', 'fixed', 'broken'].includes(judgement.verdict)) noteFailure(bail);
  if (platform && ['fails', 'broken', 'fixed', 'known'].includes(judgement.verdict)) {
    for (const { name, mediaType, body } of await platform.evidence()) this.attach(body, { mediaType, fileName: name });
  }
  if (platform) await CxlWorld.target.release(platform);
  const seen = result?.status === Status.FAILED;
  if (['fails', 'fixed'].includes(judgement.verdict) && !seen) throw new Error(judgement.reason);
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
