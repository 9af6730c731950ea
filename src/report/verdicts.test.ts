import { test } from 'node:test';
import { expect } from 'expect';
import type { ScenarioResult } from './collect';
import { verdictOf } from './verdicts';

const SCENARIO = {
  pickle: '1',
  id: 'E820-1.1/3',
  feature: 'E820',
  rule: 'A rule',
  name: 'A name',
  uri: 'features/e820.feature',
  line: 7,
  requirements: ['T1'],
  sources: [],
  quirks: [],
  verdict: 'fails',
  reason: 'why',
  step: 0,
  findings: [
    {
      step: 0,
      kind: 'failed',
      words: 'RAM: expected 1; received 2',
      differences: [{ what: 'RAM', expected: '1', received: '2' }],
    },
  ],
  started: 0,
  duration: 1,
  attachments: [],
  steps: [
    { text: 'hook', status: 'PASSED', message: '' },
    { text: 'a step:', status: 'FAILED', message: 'why', keyword: 'Then', line: 9, table: [['a'], ['1']], block: 'b' },
  ],
} as unknown as ScenarioResult;

test('the command that runs a scenario again is quoted for a shell', () => {
  const subject = { target: 'qtest', description: '', qemuPath: "/a b/it's/qemu", options: ['--without', 'a b'] };
  expect(verdictOf(SCENARIO, subject).reproduce).toBe(
    "npx cxl-conformance run --target qtest --qemu '/a b/it'\\''s/qemu' --without 'a b' --id E820-1.1/3",
  );
});

test('a verdict has where scenario and step are, the arguments of the step, and the values that differ', () => {
  expect(verdictOf(SCENARIO, { target: 'simulator', description: '' })).toMatchObject({
    uri: 'features/e820.feature',
    line: 7,
    stepLine: 9,
    keyword: 'Then',
    step: 'a step:',
    text: 'b',
    table: [['a'], ['1']],
    differences: [{ what: 'RAM', expected: '1', received: '2' }],
  });
});
