import { test } from 'node:test';
import { expect } from 'expect';
import { VERDICTS } from '../ledger/verdict';
import type { Statement } from '../report/statement';
import type { Verdicts } from '../report/verdicts';
import { columnsOf } from './columns';

const totals = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Verdicts['totals'];

const run = (target: string, others: Partial<Verdicts> = {}): Verdicts =>
  ({
    target,
    description: target,
    started: '2026-01-01',
    selected: { scenarios: 1, of: 1 },
    totals,
    scenarios: [{ id: 'A-1.1', verdict: 'conforms' }],
    ...others,
  }) as Verdicts;

const statement = (version: string): Statement => ({
  name: `qtest-${version}`,
  target: 'qtest',
  description: `qtest, QEMU ${version}`,
  started: '2025-01-01',
  totals,
  suite: { version: '0', digest: '' },
  qemu: { version, digest: '' },
  reproduce: [],
  areas: [
    {
      name: 'a',
      totals,
      conforms: ['A-1.1/1-2'],
      known: [{ quirk: 'q', summary: 's', since: '7.1', source: '', scenarios: ['A-1.2'], reproduce: '' }],
      absent: [{ reason: 'no such device', scenarios: ['A-1.3'] }],
      fails: [{ id: 'A-1.4', verdict: 'fails', words: 'wrong' }],
    },
  ],
});

const labels = (runs: readonly Verdicts[], statements: readonly Statement[] = []) =>
  columnsOf(runs, statements).map(({ label }) => label);

test('the simulator comes first, then QEMUs by version, then guests', () => {
  const qemus = ['11.1.3', '7.2.22', '10.0.13'].map((qemu) => run('qtest', { qemu }));
  expect(labels([run('guest', { qemu: '10.0.13', kernel: '6.12' }), ...qemus, run('simulator')])).toEqual([
    'simulator',
    '7.2.22',
    '10.0.13',
    '11.1.3',
    'guest 10.0.13',
  ]);
});

test('of several runs on the same QEMU the first counts, and each build of one version for itself', () => {
  const same = ['one', 'one', 'two'].map((qemuDigest, i) =>
    run('qtest', { qemu: '10.0.13', qemuDigest, started: `${i}` }),
  );
  expect(columnsOf(same, []).map(({ started }) => started)).toEqual(['0', '2']);
});

test('runs of a part, of a machine under check, or with a quirk that was asked for say nothing of a release', () => {
  const none = [
    run('simulator', { selected: { scenarios: 1, of: 2 } }),
    run('qtest', { qemu: '10.0.13', machine: ['-M', 'q35'] }),
    run('simulator', { options: ['--quirk', 'chbs-short'] }),
  ];
  expect(labels(none)).toEqual([]);
});

test('a statement counts where no run is of its QEMU', () => {
  const [column] = columnsOf([], [statement('10.0.13')]);
  expect([...(column?.outcomes ?? [])]).toEqual([
    ['A-1.1/1', { verdict: 'conforms' }],
    ['A-1.1/2', { verdict: 'conforms' }],
    ['A-1.2', { verdict: 'known', quirk: 'q', reason: 's' }],
    ['A-1.3', { verdict: 'not-applicable', reason: 'no such device' }],
    ['A-1.4', { verdict: 'fails', reason: 'wrong' }],
  ]);
  const own = run('qtest', { qemu: '10.0.13', started: 'now' });
  expect(columnsOf([own], [statement('10.0.13')]).map(({ started }) => started)).toEqual(['now']);
});
