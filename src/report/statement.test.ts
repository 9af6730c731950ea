import { test } from 'node:test';
import { expect } from 'expect';
import type { Verdict } from '../ledger/verdict';
import { statementOf } from './statement';
import { overviewOf, pageOf } from './statement-pages';
import { type ScenarioVerdict, totalsOf, type Verdicts } from './verdicts';

function scenario(id: string, area: string, verdict: Verdict, more: Partial<ScenarioVerdict> = {}): ScenarioVerdict {
  return {
    id,
    feature: 'F',
    uri: `features/${area}/f.feature`,
    line: 1,
    rule: 'R',
    name: 'N',
    verdict,
    requirements: [],
    sources: [],
    duration_ms: 1,
    reproduce: `run --id ${id}`,
    ...more,
  };
}

const SCENARIOS = [
  scenario('A-1.1/1', 'acpi', 'conforms'),
  scenario('A-1.1/2', 'acpi', 'conforms'),
  scenario('A-2.1', 'acpi', 'known', { quirk: 'background-bit-of-last-command' }),
  scenario('D-1.1', 'device', 'known', { quirk: 'background-bit-of-last-command' }),
  scenario('D-1.2', 'device', 'known', { quirk: 'mailbox-control-keeps-reserved' }),
  scenario('D-2.1', 'device', 'not-applicable', { reason: 'dev has no command Sanitize\nnor others' }),
  scenario('D-3.1', 'device', 'fails', { received: '1\ninstead of 2' }),
];

function run(scenarios: readonly ScenarioVerdict[], more: Partial<Verdicts> = {}): Verdicts {
  return {
    suite: '0.1.0',
    suiteDigest: 'abc',
    started: '2026-01-02T03:04:05.000Z',
    machines: 1,
    commandLines: [],
    target: 'qtest',
    description: 'qtest, QEMU 10.0.13',
    qemu: '10.0.13',
    qemuDigest: 'd'.repeat(64),
    selected: { scenarios: scenarios.length, of: SCENARIOS.length },
    totals: totalsOf(scenarios),
    scenarios,
    diagnosis: { faults: [], rest: [] },
    ...more,
  };
}

test('a statement names by area what conforms, which defects are known, what is absent and what fails', () => {
  const { name, areas, totals } = statementOf(run(SCENARIOS));
  expect({ name, conforms: totals.conforms }).toEqual({ name: 'qtest-10.0.13', conforms: 2 });
  const [acpi, device] = areas;
  expect(acpi).toMatchObject({ name: 'acpi', conforms: ['A-1.1/1-2'], absent: [], fails: [] });
  expect(device).toMatchObject({
    name: 'device',
    conforms: [],
    known: [
      { quirk: 'background-bit-of-last-command', scenarios: ['D-1.1'], since: '8.2', until: '10.1' },
      { quirk: 'mailbox-control-keeps-reserved', scenarios: ['D-1.2'], since: '7.1' },
    ],
    absent: [{ reason: 'dev has no command Sanitize', scenarios: ['D-2.1'] }],
    fails: [{ id: 'D-3.1', verdict: 'fails', words: '1\ninstead of 2' }],
  });
  expect(device?.known[1]).not.toHaveProperty('until');
});

test('a defect is reproduced by its smallest scenario, in whichever area that is', () => {
  const { areas } = statementOf(run(SCENARIOS), (ids) => ids.at(-1) ?? '');
  expect(areas.map(({ known }) => known[0]?.reproduce)).toEqual(['D-1.1', 'D-1.1']);
});

for (const [title, verdicts, words] of [
  ['a part of the suite', run(SCENARIOS.slice(1)), 'a statement takes a run of all 7 scenarios, and this one has 6'],
  [
    'no QEMU',
    JSON.parse(
      JSON.stringify(run(SCENARIOS, { target: 'simulator', description: 'simulator', qemu: undefined as never })),
    ),
    'a run on simulator is of no QEMU',
  ],
  [
    'an environment that broke',
    run([...SCENARIOS.slice(1), scenario('D-4.1', 'device', 'broken')]),
    'the environment broke 1 scenarios: run again',
  ],
  [
    'a defect that the QEMU does not have',
    run(SCENARIOS, { qemu: '11.1.3' }),
    'by the ledger, QEMU 11.1.3 does not have background-bit-of-last-command: run again with this suite',
  ],
] as const) {
  test(`there is no statement of a run on ${title}`, () => {
    expect(() => statementOf(verdicts)).toThrow(words);
  });
}

test('a page shows each defect once, with all its scenarios, its releases, and the command that reproduces it', () => {
  const page = pageOf(statementOf(run(SCENARIOS)), (_, quirk) =>
    quirk.startsWith('background') ? 'a/script.sh' : undefined,
  );
  expect(page.match(/^### .*/gm)).toEqual(['### background-bit-of-last-command', '### mailbox-control-keeps-reserved']);
  expect(page).toMatch(/Since 8\.2, until 10\.1\. Fails: A-2\.1, D-1\.1\./);
  expect(page).toContain(
    '[A script](a/script.sh), or:\n\n```sh\nnpx cxl-conformance reproduce A-2.1 --qemu ./qemu-system-x86_64\n```',
  );
  expect(page).toContain('- D-3.1: fails: 1 instead of 2\n');
  expect(page).toContain('- dev has no command Sanitize: D-2.1\n');
  expect(page).toMatch(/^\| all +\| 7 +\| 2 +\| 3 by 2 +\| 1 +\| 1 +\|$/m);
});

test('the table has a row for each QEMU and a column for each area', () => {
  const older = run(
    SCENARIOS.filter(({ id }) => id.startsWith('A')),
    { qemu: '10.0.1', selected: { scenarios: 3, of: 3 } },
  );
  const table = overviewOf([statementOf(older), statementOf(run(SCENARIOS))]);
  const rows = table.split('\n').filter((line) => line.startsWith('|'));
  expect(
    rows.map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .filter(Boolean),
    ),
  ).toEqual([
    ['QEMU', 'acpi', 'device'],
    expect.anything(),
    ['[10.0.1](qtest-10.0.1.md), qtest', '2/3 (1)'],
    ['[10.0.13](qtest-10.0.13.md), qtest', '2/3 (1)', '**0/3 (2)**'],
  ]);
});
