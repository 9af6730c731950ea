import { test } from 'node:test';
import { expect } from 'expect';
import type { ScenarioResult } from './collect';
import { verdictsOf } from './verdicts';

test('the command that runs a scenario again is quoted for a shell', () => {
  const scenario = { id: 'E820-1.1/2', verdict: 'fails', steps: [], findings: [] } as unknown as ScenarioResult;
  const subject = {
    ...{ target: 'qtest', description: 'qtest', qemuPath: "/home/me/my builds/it's/qemu-system-x86_64" },
    options: ['--without', 'Inject Poison'],
  };
  const [verdict] = verdictsOf({ subject, machines: 1, scenarios: [scenario] }).scenarios;
  expect(verdict?.reproduce).toBe(
    "npx cxl-conformance run --target qtest --qemu '/home/me/my builds/it'\\''s/qemu-system-x86_64' --without 'Inject Poison' --id E820-1.1/2",
  );
});
