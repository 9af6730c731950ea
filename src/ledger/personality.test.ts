import { test } from 'node:test';
import { expect } from 'expect';
import { personalitiesOf } from './personality';
import { RELEASES } from './release';

const NEWEST = `${RELEASES.at(-1)}`;

for (const [version, packaged, names] of [
  ['10.0.13', 'Debian 1:10.0.13+ds-0+deb13u1', ['QEMU 10.0.13']],
  ['10.0.0', 'v10.0.0', ['QEMU 10.0']],
  ['10.0.50', 'v10.0.0-1234-gabcdef0123', ['QEMU 10.0', 'QEMU 10.1']],
  ['10.0.93', 'v10.1.0-rc3', ['QEMU 10.0', 'QEMU 10.1']],
  ['9.2.50', '', ['QEMU 9.2', 'QEMU 9.2.50', 'QEMU 10.0']],
  ['7.0.50', '', ['QEMU 7.0', 'QEMU 7.1']],
  ['10.0.13', 'v10.0.13-7-gabcdef0123', ['QEMU 10.0.13', 'QEMU 10.0.49']],
  ['10.0.13', 'v10.0.13-dirty', ['QEMU 10.0.13']],
  [`${NEWEST}.50`, `v${NEWEST}.0-88-gabcdef0123`, [`QEMU ${NEWEST}`, 'conforming']],
  ['99.0.3', '', [`QEMU ${NEWEST}`, 'conforming']],
] as const) {
  test(`${version} (${packaged}) is held against ${names.join(' and ')}`, () =>
    expect(personalitiesOf(version, '6.12', packaged).map(({ name }) => name)).toEqual(names));
}

for (const [version, names] of [
  ['11.1.3', ['QEMU 11.1.3 on virt']],
  ['10.0.50', ['QEMU 10.1 on virt']],
  ['11.1.50', ['QEMU 11.1 on virt', 'conforming on virt']],
] as const) {
  test(`${version} on virt is held against ${names.join(' and ')}, for no release before 10.1 has CXL there`, () =>
    expect(personalitiesOf(version, '6.12', '', 'virt').map(({ name }) => name)).toEqual(names));
}
