/** What a scenario has shown so far, held against what is expected of it. */
import { stripVTControlCharacters } from 'node:util';
import './matchers';
import { DecodeError } from '../../src/codec/decode-error';
import {
  type Difference,
  type Expectation,
  type Finding,
  isExpected,
  type Judgement,
  judge,
} from '../../src/ledger/judgement';
import { NotApplicable, OutOfReach } from '../../src/ledger/verdict';
import { MachineCrash } from '../../src/machine/crash';
import { Missing } from '../../src/machine/missing';
import { Refusal } from '../../src/machine/refusal';
import { differencesBetween, sameness, showDifferences } from '../../src/report/difference';

/** The step that runs. */
export interface Step {
  /** From 0; -1 before the first. */
  readonly index: number;
  /** Whether it is a Then: the next one can be asked although it has failed. */
  readonly isThen: boolean;
}

export class Trial {
  step: Step = { index: -1, isThen: false };
  /** What was found, in order. */
  readonly findings: Finding[] = [];
  #trouble: Judgement | undefined;

  /**
   * Without expectations it only takes down what it finds.
   * @param without What the target lacks on purpose.
   */
  constructor(
    private readonly expectations: readonly Expectation[] | undefined,
    private readonly without: readonly string[] = [],
    /** What the scenario calls the host bridge with a UID. */
    private readonly bridgeName = (uid: number): string => `${uid}`,
  ) {}

  /** Takes what a step has thrown. False if the scenario ends by it. @throws that error, where nobody expects it */
  take(error: unknown): boolean {
    const finding = this.#findingOf(error);
    if (!finding) throw error;
    this.findings.push(finding);
    const expected = !this.expectations || isExpected(finding, this.expectations);
    if (!expected && finding.kind === 'failed') throw told(error as Error, finding.words);
    return expected && this.step.isThen && finding.kind === 'failed' && !(error instanceof MachineCrash);
  }

  /** `broken` if the scenario did not end by what it found; `message` says by what. */
  verdict(passed: boolean, message = ''): Judgement {
    if (this.#trouble) return this.#trouble;
    const ended = passed || this.findings.length > 0;
    return ended ? judge(this.findings, this.expectations ?? []) : { verdict: 'broken', reason: message };
  }

  #findingOf(error: unknown): Finding | undefined {
    const { index: step } = this.step;
    const words = wordsOf(error as Error, this.bridgeName);
    if (error instanceof NotApplicable) {
      const left = this.without.find((name) => name === error.lacking);
      if (error instanceof OutOfReach) this.#trouble ??= { verdict: 'not-applicable', reason: words };
      if (left) this.#trouble ??= { verdict: 'not-applicable', reason: `${words}, as --without ${left} says` };
      return { step, kind: 'not-applicable', words };
    }
    const differences = differencesOf(error as Error);
    if (differences) return { step, kind: 'failed', words: showDifferences(differences), differences };
    if (isFinding(error)) return { step, kind: 'failed', words };
    this.#trouble ??= { verdict: 'broken', reason: words, step };
    return undefined;
  }
}

/** An expectation not met, bytes that make no sense, a machine that is refused or crashes; the rest is our own trouble. */
const isFinding = (error: unknown): boolean =>
  (error instanceof Error && 'matcherResult' in error) ||
  [DecodeError, MachineCrash, Missing, Refusal].some((kind) => error instanceof kind);

/** The error with the words of the finding, which is all that anybody reads of it. */
const told = (error: Error, words: string): Error => Object.assign(error, { message: words, stack: words });

/** What `expect` throws, as far as it says which values it has compared. */
interface Mismatch {
  readonly matcherResult?: {
    readonly actual?: unknown;
    readonly expected?: unknown;
    readonly name?: string;
    readonly pass: boolean;
  };
}

/** Undefined for an error that is no comparison, or one of values that look alike. */
function differencesOf(error: Error & Mismatch): readonly Difference[] | undefined {
  const { name, pass, actual, expected } = error.matcherResult ?? {};
  if (!name) return undefined;
  const found = pass ? [sameness(actual)] : differencesBetween(expected, actual, name === 'toMatchObject');
  return found.length > 0 ? found : undefined;
}

/** What an error says of the target alone, so that two targets that are alike say the same. */
function wordsOf(error: Error, bridgeName: (uid: number) => string): string {
  if (error instanceof MachineCrash) return error.brief;
  if (error instanceof Refusal) return `QEMU refuses: ${error.complaint}`;
  const words = stripVTControlCharacters(error.message);
  if (!(error instanceof DecodeError)) return words;
  return words.replace(/host bridge (\d+)/g, (_, uid: string) => bridgeName(Number(uid)));
}
