import { test } from 'node:test';
import { expect } from 'expect';
import { PASSES } from '../ledger/judgement';
import { headline, renderFailure } from './failure';
import type { ScenarioVerdict } from './verdicts';

const FAILURE: ScenarioVerdict = {
  id: 'CDAT-1.1/1',
  feature: 'CDAT',
  rule: 'The CDAT describes the memory',
  name: 'Persistent memory',
  uri: 'features/device/cdat.feature',
  line: 20,
  verdict: 'fails',
  keyword: 'Then',
  stepLine: 14,
  step: 'the CDAT of dev describes this memory:',
  reason: 'as below',
  expected: PASSES,
  received: 'as below',
  table: [
    ['DPA', 'memory'],
    ['0-512M', 'persistent'],
  ],
  differences: [
    { what: 'row 1, DPA', expected: '0x0-0x20000000', received: '0x0-0x1000' },
    { what: 'row 1, memory', expected: 'persistent', received: 'volatile' },
  ],
  requirements: ['T4'],
  sources: ['CXL-3.1-8.1.11'],
  duration_ms: 1,
  reproduce: 'cxl-conformance run --id X',
};

test('a failure says which scenario and step, where they are, what came, the source, and how to run it again', () => {
  expect(renderFailure(FAILURE).split('\n')).toEqual([
    'fails CDAT-1.1/1: Persistent memory',
    '  rule     The CDAT describes the memory',
    '  feature  features/device/cdat.feature:20',
    '  step     Then the CDAT of dev describes this memory: (features/device/cdat.feature:14)',
    '             | DPA    | memory     |',
    '             | 0-512M | persistent |',
    '                   expected        received',
    '    row 1, DPA     0x0-0x20000000  0x0-0x1000',
    '    row 1, memory  persistent      volatile',
    '  source   CXL-3.1-8.1.11, T4',
    '  again    cxl-conformance run --id X',
  ]);
});

test('what the release was expected to do instead is said where that is not to pass', () => {
  const expected = 'row 1, DPA: expected 0x0-0x20000000; received nothing';
  expect(renderFailure({ ...FAILURE, expected })).toContain(`    known of this release: ${expected}\n`);
  expect(renderFailure(FAILURE)).not.toContain('known of this release');
});

test('of a failure by a known quirk, the quirk is said and what came', () => {
  const known: ScenarioVerdict = {
    ...FAILURE,
    verdict: 'known',
    reason: 'short: The CDAT is short.',
    expected: 'as below',
  };
  expect(renderFailure(known)).toContain('    short: The CDAT is short.\n');
  expect(renderFailure(known)).toContain('    row 1, memory  persistent      volatile\n');
  expect(headline(known)).toBe('short: The CDAT is short.');
});

test('long values are one below the other, and cut', () => {
  const differences = [{ what: 'dump', expected: 'none', received: 'x'.repeat(1000) }];
  const lines = renderFailure({ ...FAILURE, differences }).split('\n');
  expect(lines).toContain('      expected  none');
  expect(lines.find((line) => line.startsWith('      received'))).toMatch(
    /^ {6}received {2}x{200} \.\.\. x{200} \(1000 characters\)$/,
  );
});

test('many values that differ are counted', () => {
  const [one] = FAILURE.differences ?? [];
  const differences = Array.from({ length: 15 }, () => one).filter((each) => each !== undefined);
  expect(renderFailure({ ...FAILURE, differences })).toContain('    ... and 3 more values differ\n');
});

test('a headline is one line', () => {
  expect(headline(FAILURE)).toBe(
    'row 1, DPA: expected 0x0-0x20000000; received 0x0-0x1000 | row 1, memory: expected persistent; received volatile',
  );
  expect(headline({ ...FAILURE, verdict: 'broken', reason: 'no such file\nand more' })).toBe('no such file');
});
