import { test } from 'node:test';
import { expect } from 'expect';
import { DEFAULT_LINUX } from '../ledger/linux';
import { quirksOf } from '../ledger/quirks';
import { simulator } from '../target/real-and-modelled';
import { fuzz } from './fuzz';

const RELEASE = '10.0.13';
const QUIRKS = quirksOf(RELEASE, DEFAULT_LINUX);
const TRAITS = new Set(['cxl-type3.volatile-memdev']);

const fuzzed = (more: readonly (typeof QUIRKS)[number][]) => {
  const start = (quirks: readonly string[]) => simulator(new Set(quirks) as never, RELEASE);
  const twins = { real: start([...QUIRKS, ...more]), simulated: start(QUIRKS), traits: TRAITS, version: RELEASE };
  const until = Date.now() + 2000;
  return fuzz({ twins, until, shrinkUntil: until + 6000, seed: 4, onProgress: () => {} });
};

test('two machines that are alike do not differ', async () => {
  const { found, actions } = await fuzzed([]);
  expect(found).toEqual([]);
  expect(actions).toBeGreaterThan(0);
});

test('a difference is found, and reduced to fewer actions', async () => {
  const { found } = await fuzzed(['unsupported-succeeds']);
  expect(found).not.toEqual([]);
  expect(found[0]?.outcome.steps.length).toBeLessThan(10);
});
