import { test } from 'node:test';
import { expect } from 'expect';
import type { Subject } from '../ledger/verdict';
import { folderName, folderOf } from './folder-name';

const of = (subject: Partial<Subject>): string => folderName({ target: 'qtest', description: '', ...subject });

/** What was run on, and the name. */
const NAMES: readonly [Partial<Subject>, string][] = [
  [{ target: 'simulator' }, 'simulator'],
  [{ target: 'simulator', options: ['--release', '7.1', '--quirk', 'chbs-short'] }, 'simulator-7.1-chbs-short'],
  [{ qemu: '10.0.13', qemuPackage: 'Debian 1:10.0.13+ds-0+deb13u1' }, 'qtest-10.0.13'],
  [{ qemu: '10.0.13', options: ['--linux', '6.1'] }, 'qtest-10.0.13-6.1'],
  [{ qemu: '10.0.13', options: ['--without', 'cxl-type3.sn'] }, 'qtest-10.0.13-without-cxl-type3.sn'],
  [{ qemu: '10.0.50', qemuPackage: 'v10.0.0-1409-g6322b753f7' }, 'qtest-10.0.50-g6322b753f7'],
  [{ target: 'guest', qemu: '11.1.3', kernel: '7.2.3+deb14-amd64', options: ['--guest', 'sid'] }, 'guest-11.1.3-7.2'],
  [{ target: 'guest', qemu: '10.0.13', kernel: '6.12.48', options: ['--firmware', 'ovmf'] }, 'guest-10.0.13-ovmf-6.12'],
  [{ target: 'ssh', kernel: '6.12.48', options: ['--ssh', 'root@lab:22'] }, 'ssh-lab_22-6.12'],
];

for (const [subject, name] of NAMES) {
  test(`a run on ${JSON.stringify(subject)} writes into ${name}`, () => {
    expect(of(subject)).toBe(name);
  });
}

test('a run of a part does not write where runs of all do, nor one of another part', () => {
  const subject: Subject = { target: 'simulator', description: '' };
  expect(folderOf(subject, ['A-1.1', 'A-1.2'], 2)).toBe('simulator');
  expect(folderOf(subject, ['A-1.1/3'], 2)).toBe('parts/simulator-A-1.1_3');
  const [one, other] = [folderOf(subject, ['A-1.1', 'A-1.2'], 3), folderOf(subject, ['A-1.1', 'A-1.3'], 3)];
  expect(one).toMatch(/^parts\/simulator-2-of-3-[0-9a-f]{8}$/);
  expect(one).not.toBe(other);
});

test('a name that is too long for a file system is cut, and still its own', () => {
  const long = (last: string) =>
    of({
      options: Array.from({ length: 30 }, () => ['--quirk', 'chbs-short'])
        .flat()
        .concat('--quirk', last),
    });
  expect(long('a').length).toBeLessThan(120);
  expect(long('a')).not.toBe(long('b'));
});
