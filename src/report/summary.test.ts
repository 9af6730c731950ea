import { test } from 'node:test';
import { expect } from 'expect';
import { readKillList } from '../ledger/kill-list';
import { VERDICTS, type Verdict } from '../ledger/verdict';
import { type Diagnosis, diagnose } from './diagnosis';
import { summaryOf } from './summary';
import { type ScenarioVerdict, totalsOf, type Verdicts } from './verdicts';

const kills = readKillList();
const RESERVED = kills.get('e820-reserves-cfmws') ?? [];

type Some = Partial<ScenarioVerdict> & Pick<ScenarioVerdict, 'id' | 'verdict'>;

function runOf(some: readonly Some[], rest: Partial<Verdicts> = {}): Verdicts {
  const scenarios = some.map((each) => ({
    feature: 'f',
    uri: 'features/f.feature',
    line: 1,
    rule: 'r',
    name: 'n',
    requirements: [],
    sources: [],
    duration_ms: 1,
    reproduce: `npx cxl-conformance run --target qtest --qemu /a/qemu --id ${each.id}`,
    ...each,
  }));
  return {
    target: 'qtest',
    suite: '1.2.3',
    suiteDigest: '0123456789abcdef',
    started: '',
    machines: 3,
    commandLines: [],
    description: 'qtest, QEMU 10.0.13',
    selected: { scenarios: scenarios.length, of: 1242 },
    totals: totalsOf(scenarios),
    diagnosis: diagnose(scenarios, kills),
    scenarios,
    ...rest,
  };
}

const fails = (id: string, reason: string, step = 'a step'): Some => ({ id, verdict: 'fails', reason, step });

test('failures that are those of a quirk are one sentence, with the file and the ids', () => {
  const summary = summaryOf(runOf(RESERVED.map((id) => fails(id, `Received: "${id.replace(/\d/g, 'x')}"`))));
  expect(summary).toContain(
    '49 fail as by e820-reserves-cfmws: E820 has a RESERVED entry over each\n' +
      '  fixed memory window (hw/i386/pc.c: pc_memory_init)\n' +
      '  ANY-1.1, BIOSFIRST-1.1/1-2, ',
  );
});

test('how nearly the sets are the same is said', () => {
  const [one = '', ...others] = RESERVED.filter((id) => !id.startsWith('HOTADD'));
  const failing = others.map((id) => fails(id, `Received: "${id.replace(/\d/g, 'x')}"`));
  const summary = summaryOf(runOf([{ id: one, verdict: 'conforms' }, ...failing])).replace(/\s+/g, ' ');
  expect(summary).toContain('fail as by e820-reserves-cfmws (1 of its 40 conforms, 9 did not run): E820 has');
});

test('what is fixed is said as what it is', () => {
  const quirk = 'cdat-doe-short';
  const fixed: Some = { id: 'A-1.1', verdict: 'fixed', quirk: quirk as never, reason: 'words' };
  const personalities = [{ name: 'QEMU 10.0.13', release: '10.0.13', linux: '6.12' }];
  expect(summaryOf(runOf([fixed], { personalities })).replace(/\s+/g, ' ')).toContain(
    `1 fixed: the ledger says QEMU 10.0.13 has ${quirk}, and this QEMU does not: mended? A-1.1`,
  );
});

test('suite, QEMU, package, digest, kernel, selection and seed are told', () => {
  const summary = summaryOf(
    runOf([{ id: 'A-1.1', verdict: 'conforms' }], {
      kernel: '6.12.48',
      qemuPackage: 'Debian 1:10',
      qemuDigest: 'feedfacecafebeef0123',
      seed: 7,
    }),
  );
  expect(summary).toBe(`cxl-conformance 1.2.3 (0123456789abcdef)
qtest, QEMU 10.0.13, Linux 6.12.48
Debian 1:10, binary sha256 feedfacecafebeef
1 of 1242 scenarios selected, seed 7, QEMU started 3 times
1 scenario: 1 conforms
`);
});

/** Numbers of failures, each with words of its own, and of scenarios with each other verdict. */
const SIZES = [0, 1, 5, 40, 400];
const LONG = 'a word that is much longer than others: '.repeat(5);

test('whatever fails, a mail block has at most 20 lines of 72 columns, and shows what is fixed', () => {
  for (const failing of SIZES) {
    for (const others of SIZES) {
      const some = VERDICTS.filter((verdict) => verdict !== 'fails').flatMap((verdict: Verdict) =>
        Array.from({ length: others }, (_, i): Some => {
          const quirk = `quirk-${'x'.repeat(i % 30)}` as never;
          return {
            id: `${verdict.toUpperCase()}-1.${i}`,
            verdict,
            quirk,
            reason: `${LONG} ${'y'.repeat(i)}`,
            change: LONG,
          };
        }),
      );
      const words = Array.from({ length: failing }, (_, i) => fails(`F-${i}.1`, `${LONG} ${'z'.repeat(i)}`, LONG));
      const lines = summaryOf(runOf([...words, ...some], { description: LONG, qemuPackage: LONG, qemuDigest: 'f' }))
        .trimEnd()
        .split('\n');
      expect({ failing, others, lines: lines.length <= 20, long: lines.filter((line) => line.length > 72) }).toEqual({
        failing,
        others,
        lines: true,
        long: [],
      });
      expect(lines.some((line) => line.includes(' fixed: the ledger says'))).toBe(others > 0);
    }
  }
});

test('the command that shows the first failure again can be pasted, and names the first', () => {
  const diagnosis: Diagnosis = { faults: [], rest: [] };
  const reproduce = `npx cxl-conformance run --target qtest --qemu /${'long/'.repeat(30)}qemu --quirk 'a b' --id A-1.1`;
  const lines = summaryOf(runOf([{ ...fails('A-1.1', ''), reproduce }], { diagnosis })).split('\n');
  const command = lines.slice(lines.findIndex((line) => line.startsWith('npx'))).join('\n');
  expect(
    command
      .replaceAll(/\\\n */g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  ).toBe(reproduce);
});
