/** How a run goes, for people who wait: a line that is rewritten in a terminal, a character for each scenario elsewhere. */
import { styleText } from 'node:util';
import type { Envelope } from '@cucumber/messages';
import type { Verdict } from '../ledger/verdict';
import { JUDGEMENT_MEDIA_TYPE, type JudgementAttachment } from './judgement-attachment';

const CHARACTER: Readonly<Record<Verdict, string>> = {
  conforms: '.',
  known: 'k',
  'not-applicable': '-',
  fails: 'F',
  fixed: 'X',
  broken: 'B',
};

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

export class Progress {
  readonly #names = new Map<string, string>(); // by pickle, and by test case
  #planned = 0;
  #begun = 0;
  #shown = false;

  constructor(private readonly log: (text: string) => void) {}

  show({ pickle, testCase, testCaseStarted, attachment }: Envelope): void {
    if (pickle) {
      this.#planned += 1;
      const id = pickle.tags
        .filter(({ name }) => name.startsWith('@id:'))
        .at(-1)
        ?.name.slice('@id:'.length);
      this.#names.set(pickle.id, `${id ?? ''} ${pickle.name}`);
    }
    if (testCase) this.#names.set(testCase.id, this.#names.get(testCase.pickleId) ?? '');
    if (testCaseStarted && process.stdout.isTTY) {
      this.#begun += 1;
      this.#rewrite(`[${this.#begun}/${this.#planned}] ${this.#names.get(testCaseStarted.testCaseId)}`);
    }
    if (attachment?.mediaType === JUDGEMENT_MEDIA_TYPE && !process.stdout.isTTY) {
      this.log(CHARACTER[(JSON.parse(attachment.body) as JudgementAttachment).verdict]);
      this.#shown = true;
    }
  }

  end(): void {
    if (process.stdout.isTTY) this.#rewrite('');
    else if (this.#shown) this.log('\n\n');
  }

  #rewrite(text: string): void {
    this.log(`\r\u001b[K${text.slice(0, (process.stdout.columns ?? 80) - 1)}`);
  }
}
