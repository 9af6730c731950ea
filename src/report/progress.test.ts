import { test } from 'node:test';
import type { Envelope } from '@cucumber/messages';
import { expect } from 'expect';
import { JUDGEMENT_MEDIA_TYPE } from './judgement-attachment';
import { Progress } from './progress';

/** A run of 10 scenarios, of which these verdicts are there, a second each. */
function after(...verdicts: string[]): Progress {
  let now = 1_000_000;
  const progress = new Progress(
    () => {},
    () => now,
  );
  const show = (message: object) => progress.show(message as Envelope);
  for (let i = 0; i < 10; i++) {
    show({ pickle: { id: `p${i}`, name: `scenario ${i}`, tags: [{ name: '@id:A-1' }, { name: `@id:A-1.${i}` }] } });
    show({ testCase: { id: `c${i}`, pickleId: `p${i}`, testSteps: [] } });
  }
  for (const [i, verdict] of verdicts.entries()) {
    show({ testCaseStarted: { testCaseId: `c${i}` } });
    now += 1000;
    show({ attachment: { mediaType: JUDGEMENT_MEDIA_TYPE, body: JSON.stringify({ verdict }) } });
    show({ testCaseFinished: {} });
  }
  show({ testCaseStarted: { testCaseId: `c${verdicts.length}` } });
  return progress;
}

/** Verdicts so far, and the line. */
const LINES: readonly [string[], string][] = [
  [['conforms'], '[1/10] A-1.1 scenario 1'],
  [['conforms', 'fails'], '[2/10] 1 fails: A-1.2 scenario 2'],
  [['conforms', 'fails', 'broken', 'fails'], '[4/10] 2 fails, 1 broken, 6 s left: A-1.4 scenario 4'],
  [['known', 'known', 'not-applicable', 'conforms'], '[4/10] 6 s left: A-1.4 scenario 4'],
];

for (const [verdicts, line] of LINES) {
  test(`after ${verdicts.join(', ')} it shows ${line}`, () => {
    expect(after(...verdicts).line()).toBe(line);
  });
}
