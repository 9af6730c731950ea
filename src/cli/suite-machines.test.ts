import { test } from 'node:test';
import { expect } from 'expect';
import type { QemuPair } from '../target/pair';
import { machineOf } from '../target/pair';
import { machinesOf, visitsOf } from './suite-machines';

const machine = (device: string, ram = '2G') =>
  `qemu-system-x86_64 -machine q35,cxl=on -m ${ram} -smp 2 -object memory-backend-ram,id=${device}-backend,size=256M ` +
  `-device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12 -device cxl-rp,id=rp0,bus=cxl.1,port=0,chassis=0,slot=0 ` +
  `-device cxl-type3,id=${device},bus=rp0,volatile-memdev=${device}-backend,sn=0x1`;

/** As if a QEMU took each as it is written. */
const written = (lines: readonly string[]): Pick<QemuPair, 'commandLine'> => ({
  commandLine: (topology) => {
    const id = topology.type3s[0]?.id ?? '';
    return lines.find((line) => line.includes(`id=${id},`)) ?? '';
  },
});

test('a machine whose devices have other names alone is no other machine', () => {
  const lines = [machine('mem0'), machine('dev1'), machine('big', '4G')];
  const machines = machinesOf(lines, written(lines) as QemuPair);
  expect(machines.map(({ ram, type3s }) => [ram >> 30n, type3s[0]?.id])).toEqual([
    [4n, 'big'],
    [2n, 'dev1'],
  ]);
});

test('mailboxes of each kind are compared a few times, registers where a part is new, and tables on every machine', () => {
  const lines = Array.from({ length: 6 }, (_, n) => machine(`m${n}`, `${n + 1}G`));
  const visits = visitsOf(
    lines.flatMap((line) => machineOf(line) ?? []),
    [],
  );
  const among = (name: string) => visits.flatMap(({ by }, n) => (by.includes(name) ? [n] : []));
  expect(['CEDT', 'CDAT', 'decode'].map(among)).toEqual(Array(3).fill([0, 1, 2, 3, 4, 5]));
  expect(['registers', 'writes'].map(among)).toEqual(Array(2).fill([0]));
  expect(['mailbox', 'registers in use'].map(among)).toEqual(Array(2).fill([0, 1, 2, 3]));
  expect(visits[1]?.draw.asked).toBe('m1');
});
