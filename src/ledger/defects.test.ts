import { test } from 'node:test';
import { expect } from 'expect';
import { MENDED, PRESENT } from './defects';
import { quirks } from './quirks';
import type { Quirk } from './quirks/quirk';

for (const { what, quirks: names = [], unseen } of [...MENDED, ...PRESENT]) {
  test(`${what}: some quirk shows it, or there is a reason why none does`, () => {
    expect({ shown: names.length > 0 }).toEqual({ shown: unseen === undefined });
    expect(names.filter((name) => !(name in quirks))).toEqual([]);
  });
}

test('all that was found is listed', () => {
  expect({ mended: MENDED.length, present: PRESENT.length }).toEqual({ mended: 53, present: 23 });
});

test('what a release has that was tried is a quirk of some release', () => {
  const names = PRESENT.flatMap((defect) => defect.quirks ?? []);
  expect(names.filter((name) => ((quirks[name] as Quirk).releases ?? []).length === 0)).toEqual([]);
});
