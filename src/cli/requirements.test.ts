import { before, test } from 'node:test';
import { expect } from 'expect';
import { requirements, STILL_TO_COME } from '../ledger/requirements';
import { select } from './catalogue';
import { type Row, traced } from './requirements';

let rows: Row[];
before(async () => {
  rows = await traced('/nowhere');
});

test('every requirement has a scenario, but for those that are still to come', () => {
  const bare = rows.filter(({ scenarios }) => scenarios.length === 0).map(({ id }) => id);
  expect(bare).toEqual(Object.keys(STILL_TO_COME));
});

test('scenarios cite no requirement that there is not', async () => {
  const cited = (await select({})).flatMap((scenario) => scenario.requirements);
  expect(cited.filter((id) => !(id in requirements))).toEqual([]);
});
