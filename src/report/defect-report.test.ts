import { test } from 'node:test';
import { expect } from 'expect';
import type { Scenario } from './catalogue';
import { defectReports, showDefect } from './defect-report';

const scenario = (id: string, quirks: readonly string[]): Scenario => ({
  pickle: '',
  id,
  feature: '',
  about: '',
  rule: `rule of ${id}`,
  name: `name of ${id}`,
  uri: '',
  line: 1,
  requirements: [],
  sources: ['CXL-3.1-8.2.4', 'ACPI-6.5-15', 'QEMU-hw/mem/cxl_type3.c'],
  quirks,
});

const reports = (scenarios: readonly Scenario[], steps: Readonly<Record<string, readonly string[]>> = {}) =>
  defectReports(scenarios, ({ id }) => steps[id] ?? []);

test('a defect is shown by the scenario that fails by the fewest quirks, and of those the shortest', () => {
  const several = scenario('A-1.1', ['label-area-shared', 'backend-shared']);
  const found = reports([several, scenario('A-1.2', ['label-area-shared']), scenario('A-1.3', ['label-area-shared'])], {
    'A-1.2': ['Given this', 'Then that'],
    'A-1.3': ['Then that'],
  });
  const shared = found.find(({ name }) => name === 'label-area-shared');
  expect(shared).toMatchObject({
    scenario: { id: 'A-1.3', steps: ['Then that'] },
    right: 'rule of A-1.3',
    by: ['CXL r3.1 Section 8.2.4', 'ACPI 6.5 Section 15', 'hw/mem/cxl_type3.c'],
    reproduce: 'npx cxl-conformance reproduce A-1.3 --qemu PATH',
    fails: ['A-1.1', 'A-1.2', 'A-1.3'],
  });
});

test('what no release has, and what nothing fails by, is no defect', () => {
  expect(reports([scenario('A-1.1', ['type3-unchecked'])])).toEqual([]);
});

test('a migration is run again, for no script starts two QEMUs', () => {
  const steps = { 'A-1.1': ['When migration of the machine is requested'] };
  expect(reports([scenario('A-1.1', ['cxl-not-migrated'])], steps)[0]?.reproduce).toBe(
    'npx cxl-conformance run --target qtest --qemu PATH --id A-1.1',
  );
});

test('a report has its releases, its source and its steps', () => {
  const [report] = reports([scenario('A-1.1', ['label-area-shared'])], { 'A-1.1': ['Then that'] });
  const text = report ? showDefect(report) : '';
  expect(text).toMatch(/^label-area-shared: /);
  expect(text).toMatch(/^Releases: {2}QEMU 7\.1 and later$/m);
  expect(text).toMatch(/^ {2}Then that$/m);
});
