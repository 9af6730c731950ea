import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { expect } from 'expect';
import { totalsOf } from '../report/verdicts';
import { makeScratch } from '../system/scratch';
import { EXIT } from './exit';
import { show } from './show';

const reports = makeScratch();
after(() => rmSync(reports, { recursive: true }));

mkdirSync(join(reports, 'qtest-10.0.13'));
const scenarios = [{ id: 'BIOSFIRST-7.1/2', verdict: 'known', reason: 'lock-on-commit-ignored\nand more' }] as const;
const verdicts = { target: 'qtest', description: 'qtest, QEMU 10.0.13', totals: totalsOf(scenarios), scenarios };
writeFileSync(join(reports, 'qtest-10.0.13/verdicts.json'), JSON.stringify(verdicts));

test('of a row of an outline, its steps with their values, what they are for and how it fared are shown', async (t) => {
  const { mock } = t.mock.method(console, 'log', () => {});
  expect(await show('BIOSFIRST-7.1/2', { reports })).toBe(EXIT.asExpected);
  const [text] = mock.calls.map(({ arguments: [said] }) => `${said}`);
  for (const line of [
    /^BIOSFIRST-7\.1\/2 {2}The decoder of vmem0 cannot be reprogrammed$/m,
    /^features\/flow\/bios-first\.feature:\d+$/m,
    /^Rule: Decoders that firmware has locked do not change$/m,
    /^ {2}T4: A platform may set all CXL memory up in firmware/m,
    /^ {2}CXL-3\.1-8\.2\.4\.20\.13$/m,
    /^ {2}Given the machine "two volatile devices"$/m,
    /^ {2}Then decoder 0 of vmem0 maps 0-512M of window 0$/m,
    /^ {2}lock-on-commit-ignored\n {4}A decoder that was committed with Lock On Commit/m,
    /^ {2}hw\/cxl\/cxl-component-utils\.c$/m,
    /^ {2}qtest, QEMU 10\.0\.13: known: lock-on-commit-ignored$/m,
  ])
    expect(text).toMatch(line);
});

test('the beginning of an id shows all its scenarios, as JSON too', async (t) => {
  const { mock } = t.mock.method(console, 'log', () => {});
  expect(await show('BIOSFIRST-7', { json: true, reports })).toBe(EXIT.asExpected);
  const shown = JSON.parse(`${mock.calls[0]?.arguments[0]}`) as { id: string; verdicts: object[] }[];
  expect(shown.map(({ id, verdicts }) => [id, verdicts.length])).toEqual([
    ['BIOSFIRST-7.1/1', 0],
    ['BIOSFIRST-7.1/2', 1],
    ['BIOSFIRST-7.2', 0],
  ]);
});
