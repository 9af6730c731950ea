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

test('mailboxes of each kind are compared once, registers where a part is new, and tables on every machine', () => {
  const topologies = [machine('a'), machine('b', '4G')].flatMap((line) => machineOf(line) ?? []);
  const [first, second] = visitsOf(topologies, []);
  expect(first?.by).toEqual(
    expect.arrayContaining(['E820', 'CEDT', 'registers', 'mailbox', 'registers in use', 'writes']),
  );
  expect(first?.draw.asked).toBe('a');
  expect(second?.by).toEqual(expect.arrayContaining(['E820', 'CEDT', 'namespace', 'CDAT', 'decode']));
  expect(second?.by.filter((name) => /registers|mailbox|writes/.test(name))).toEqual([]);
});
