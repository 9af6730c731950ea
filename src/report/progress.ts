/** How a run goes, for people who wait at a terminal: a line that is rewritten. Elsewhere, and in continuous integration, nothing. */
import { styleText } from 'node:util';
import type { Envelope, Pickle } from '@cucumber/messages';
import type { Verdict } from '../ledger/verdict';
import { JUDGEMENT_MEDIA_TYPE, type JudgementAttachment } from './judgement-attachment';

const COLOUR = {
  conforms: 'green',
  known: 'yellow',
  'not-applicable': 'cyan',
  fails: 'red',
  fixed: 'red',
  broken: 'magenta',
} as const;

/** Colours in a terminal that has them. */
export const paint = (verdict: Verdict, text: string): string =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(COLOUR[verdict], text) : text;

/** What a count on a line is for. */
const COUNTED: readonly Verdict[] = ['fails', 'fixed', 'broken'];

/** An estimate from less is none. In ms. */
const ENOUGH = 3000;

export class Progress {
  readonly #names = new Map<string, string>(); // by pickle, and by test case
  readonly #counts = new Map<Verdict, number>();
  readonly #isShown = Boolean(process.stdout.isTTY) && !process.env['CI'];
  #planned = 0;
  #done = 0;
  #since = 0;
  #name = '';

  /** `now` in ms. */
  constructor(
    private readonly log: (text: string) => void,
    private readonly now: () => number = Date.now,
  ) {}

  get extent(): { done: number; planned: number } {
    return { done: this.#done, planned: this.#planned };
  }

  show({ pickle, testCase, testCaseStarted, testCaseFinished, attachment }: Envelope): void {
    if (pickle) this.#names.set(pickle.id, `${idOf(pickle)} ${pickle.name}`);
    if (testCase) {
      this.#planned += 1;
      this.#names.set(testCase.id, this.#names.get(testCase.pickleId) ?? '');
    }
    if (testCaseStarted) {
      this.#since ||= this.now();
      this.#name = this.#names.get(testCaseStarted.testCaseId) ?? '';
    }
    if (testCaseFinished) this.#done += 1;
    if (attachment?.mediaType === JUDGEMENT_MEDIA_TYPE)
      this.#count((JSON.parse(attachment.body) as JudgementAttachment).verdict);
    if (this.#isShown && (testCaseStarted || testCaseFinished)) this.#rewrite(this.line());
  }

  /** `[512/1242] 3 fails, 40 s left: E820-1.1 ...` */
  line(): string {
    const counts = COUNTED.flatMap((verdict) => {
      const count = this.#counts.get(verdict);
      return count ? [`${count} ${verdict}`] : [];
    });
    const told = [...counts, ...this.#estimate()].join(', ');
    return `[${this.#done}/${this.#planned}] ${told}${told ? ': ' : ''}${this.#name}`;
  }

  end(): void {
    if (this.#isShown) this.#rewrite('');
  }

  #count(verdict: Verdict): void {
    this.#counts.set(verdict, (this.#counts.get(verdict) ?? 0) + 1);
  }

  /** As if the scenarios to come took as long as those before. */
  #estimate(): string[] {
    const elapsed = this.now() - this.#since;
    if (this.#done === 0 || elapsed < ENOUGH) return [];
    const left = ((elapsed / this.#done) * (this.#planned - this.#done)) / 1000;
    return [left < 120 ? `${Math.ceil(left)} s left` : `${Math.ceil(left / 60)} min left`];
  }

  #rewrite(text: string): void {
    this.log(`\r\u001b[K${text.slice(0, (process.stdout.columns ?? 80) - 1)}`);
  }
}

const idOf = ({ tags }: Pickle): string =>
  tags
    .filter(({ name }) => name.startsWith('@id:'))
    .at(-1)
    ?.name.slice('@id:'.length) ?? '';
