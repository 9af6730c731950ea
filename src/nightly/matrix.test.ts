import { test } from 'node:test';
import { expect } from 'expect';
import { matrixOf, optionsOf, parseMatrix } from './matrix';

test('rows are read with the names that they have, or that follow from what they are', () => {
  const text = `
rows:
  - target: simulator
    release: 10.0.13
  - { target: qtest, qemu: /builds/base/qemu-system-x86_64, linux: 6.1, name: base }
  - { target: guest, qemu: sid, guest: trixie, firmware: ovmf, features: [features/memory-map] }
`;
  expect(parseMatrix(text)).toEqual([
    { name: 'simulator-10.0.13', target: 'simulator', release: '10.0.13' },
    { name: 'base', target: 'qtest', qemu: '/builds/base/qemu-system-x86_64', linux: '6.1' },
    {
      name: 'guest-sid-trixie-ovmf',
      target: 'guest',
      qemu: 'sid',
      guest: 'trixie',
      firmware: 'ovmf',
      features: ['features/memory-map'],
    },
  ]);
});

for (const [what, text, words] of [
  ['no YAML', 'rows: [', 'the matrix is no YAML: '],
  ['no rows', 'row: []', 'a matrix has a list "rows", of one row at least'],
  ['a row that is a word', 'rows: [qtest]', 'row 1 is no mapping, such as "target: simulator"'],
  ['a target that is none', 'rows: [{target: qemu}]', 'row 1 has target qemu, not simulator, qtest, guest'],
  [
    'an option of another target',
    'rows: [{target: qtest, qemu: a, guest: b}]',
    'row 1 has guest, which qtest does not use',
  ],
  ['a lack', 'rows: [{target: simulator}, {target: guest, guest: b}]', 'row 2 has no qemu'],
  ['two rows of a name', 'rows: [{target: simulator}, {target: simulator}]', 'two rows are called simulator: '],
  ['a name that leads elsewhere', 'rows: [{target: simulator, name: ../x}]', 'row 1 cannot be called ../x: '],
  ['features that are no list', 'rows: [{target: simulator, features: x}]', 'row 1 has features that are no list'],
] as const) {
  test(`a matrix with ${what} is refused`, () => {
    expect(() => parseMatrix(text)).toThrow(words);
    expect(() => parseMatrix(text)).toThrow(RangeError);
  });
}

const q35 = (...names: string[]) => names.map((name) => ({ name, platform: 'q35' }));
const virt = (...names: string[]) => names.map((name) => ({ name, platform: 'virt' }));

test('without a file there are the simulator, each QEMU, and each guest on the QEMU of its suite, else on the last', () => {
  expect(matrixOf(q35('bookworm', 'trixie', 'sid'), q35('trixie', 'forky')).map(({ name }) => name)).toEqual([
    'simulator',
    'qtest-bookworm',
    'qtest-trixie',
    'qtest-sid',
    'guest-trixie-trixie',
    'guest-sid-forky',
  ]);
});

test('a guest runs on a QEMU of its own platform, or has no row', () => {
  const qemus = [...q35('sid'), ...virt('forky-aarch64', 'sid-aarch64', 'trixie-aarch64')];
  const guests = [...q35('trixie'), ...virt('sid-arm64', 'bookworm-arm64')];
  const rows = (...args: Parameters<typeof matrixOf>) => matrixOf(...args).filter(({ target }) => target === 'guest');
  expect(rows(qemus, guests).map(({ name }) => name)).toEqual([
    'guest-sid-trixie',
    'guest-sid-aarch64-sid-arm64',
    'guest-trixie-aarch64-bookworm-arm64',
  ]);
  expect(rows(q35('sid'), virt('sid-arm64'))).toEqual([]);
});

test('without a QEMU there is the simulator', () =>
  expect(matrixOf([], q35('trixie')).map(({ name }) => name)).toEqual(['simulator']));

test('run is told what a row is', () => {
  const row = { name: 'x', target: 'guest', qemu: 'sid', guest: 'trixie', features: ['features/flow'] } as const;
  expect(optionsOf(row, '/lab/sid/qemu')).toEqual(
    '--target guest --qemu /lab/sid/qemu --guest trixie features/flow'.split(' '),
  );
});
