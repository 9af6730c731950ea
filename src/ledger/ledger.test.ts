import { test } from 'node:test';
import { expect } from 'expect';
import { quirks, quirksOf } from './quirks';
import type { Quirk } from './quirks/quirk';

/** Of those that come and go in different ways. */
const HAD = [
  ['7.0.0', []],
  [
    '7.1.0',
    [
      'e820-reserves-cfmws',
      'e820-reserves-host-registers',
      'reserved-memory-end-missing',
      'single-hdm-decoder',
      'mem-enable-survives-reset',
      'removal-never-reported',
      'backend-shared',
      'hmat-memory-of-empty-nodes',
    ],
  ],
  [
    '7.2.22',
    [
      'reserved-memory-end-missing',
      'single-hdm-decoder',
      'mem-enable-survives-reset',
      'event-interrupt-policy-ignored',
      'removal-never-reported',
      'backend-shared',
      'hmat-memory-of-empty-nodes',
    ],
  ],
  [
    '8.2.10',
    [
      'reserved-memory-end-missing',
      'mem-enable-survives-reset',
      'removal-never-reported',
      'cdat-sums-low-byte-of-length',
      'backend-shared',
      'hmat-memory-of-empty-nodes',
    ],
  ],
  [
    '9.0.0',
    [
      'reserved-memory-end-missing',
      'mem-enable-survives-reset',
      'removal-never-reported',
      'backend-shared',
      'generic-initiator-bus-function-swapped',
    ],
  ],
  [
    '10.0.6',
    ['reserved-memory-end-missing', 'mem-enable-survives-reset', 'removal-never-reported', 'generic-port-misnamed'],
  ],
  ['10.0.13', ['mem-enable-survives-reset', 'removal-never-reported', 'generic-port-misnamed']],
  [
    '10.1.2',
    ['reserved-memory-end-missing', 'mem-enable-survives-reset', 'removal-never-reported', 'generic-port-misnamed'],
  ],
  ['10.1.3', ['mem-enable-survives-reset', 'removal-never-reported', 'generic-port-misnamed']],
  ['10.2.0', ['mem-enable-survives-reset', 'generic-port-misnamed']],
  [
    '11.1.3',
    ['mem-enable-survives-reset', 'removal-unreported-after-commit', 'stale-direct-mapping', 'generic-port-misnamed'],
  ],
] as const;
const looked: ReadonlySet<string> = new Set(HAD.flatMap(([, names]) => names));

for (const [release, expected] of HAD) {
  test(`QEMU ${release} has the quirks of its time`, () =>
    expect(quirksOf(release, '6.12').filter((name) => looked.has(name))).toEqual(expected));
}

test('a quirk that bothers newer kernels alone is not one for an older', () => {
  expect(quirksOf('7.2.22', '6.12.118+deb13-amd64')).toContain('event-interrupt-policy-ignored');
  expect(quirksOf('7.2.22', '6.1.0-37-amd64')).not.toContain('event-interrupt-policy-ignored');
});

for (const [name, { summary, source, releases }] of Object.entries<Quirk>(quirks)) {
  test(`${name} says what it is and where it comes from`, () => {
    expect(name).toMatch(/^[a-z][a-z0-9-]+$/);
    expect(summary).toMatch(/^[A-Z].+\.$/);
    expect(source).toMatch(releases ? /[0-9a-f]{10}|tried/ : /planted|no release/);
  });
}
