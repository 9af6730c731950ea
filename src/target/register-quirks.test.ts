import { test } from 'node:test';
import { expect } from 'expect';
import { changedFacts } from '../ledger/changed-facts';
import { factsOf } from '../ledger/facts';
import { quirks, TracedQuirks } from '../ledger/quirks';
import type { Quirk } from '../ledger/quirks/quirk';
import { REGISTER_NAMES } from '../named-registers/names';

test('every register that a quirk changes is in a row', () => {
  const changed = Object.values<Quirk>(quirks).flatMap(({ registers = [] }) =>
    registers.map(({ register }) => register),
  );
  expect(changed.length).toBeGreaterThan(0);
  expect(changed.filter((register) => !REGISTER_NAMES.includes(register))).toEqual([]);
});

test('no two registers have one name', () => {
  expect(REGISTER_NAMES.filter((name, i) => REGISTER_NAMES.indexOf(name) !== i && !name.startsWith('header'))).toEqual(
    [],
  );
});

test('a quirk changes the facts and registers that it names, and is asked for by whoever needs them', () => {
  const has = new TracedQuirks(['single-hdm-decoder', 'error-masks-read-only']);
  const facts = changedFacts(factsOf('11.1.3'), has);
  expect([...has.asked]).toEqual([]);
  expect([factsOf('11.1.3').decoderCount, facts.decoderCount]).toEqual([4, 1]);
  expect(facts.changeOf('RAS', 'Correctable Error Mask', 'device')).toEqual({ writable: 0 });
  expect([...has.asked]).toEqual(['single-hdm-decoder', 'error-masks-read-only']);
});
