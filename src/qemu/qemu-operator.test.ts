import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'expect';
import type { QemuOffer } from '../ledger/offer';
import type { Topology } from '../machine/topology';
import { makeScratch } from '../system/scratch';
import { openTestSocket } from '../testing/test-socket';
import type { Qemu } from './process';
import { QemuOperator } from './qemu-operator';
import { Qmp } from './qmp';

const directory = makeScratch();
after(() => rmSync(directory, { recursive: true }));

const topology: Topology = {
  ram: 1n << 30n,
  processors: 1,
  hostBridges: [],
  windows: [],
  testDevices: [],
  type3s: [{ id: 't', port: 'rp0', volatile: 4n, persistent: 4n, labelArea: 4n, serial: 1n }],
};
const offer: QemuOffer = { path: '/qemu', version: '7.2.22', package: '', devices: {}, objects: [], commands: [] };
const operator = new QemuOperator({ directory, qmp: {} } as Qemu, topology, offer);
writeFileSync(join(directory, 't-volatile'), 'abcd');
writeFileSync(join(directory, 't-persistent'), 'ABCD');
writeFileSync(join(directory, 't-labels'), '1234');

const media: { title: string; dpa: bigint; length: number; text: string }[] = [
  { title: 'begin with volatile capacity', dpa: 0n, length: 3, text: 'abc' },
  { title: 'go on with persistent capacity', dpa: 5n, length: 2, text: 'BC' },
  { title: 'are read across both', dpa: 2n, length: 4, text: 'cdAB' },
  { title: 'are read whole', dpa: 0n, length: 8, text: 'abcdABCD' },
];

for (const { title, dpa, length, text } of media) {
  test(`media of a device ${title}`, async () => {
    expect(`${await operator.readMedia('t', dpa, length)}`).toBe(text);
  });
}

test('media end where the capacity ends', async () => {
  await expect(operator.readMedia('t', 7n, 2)).rejects.toThrow(new RangeError('t has no media beyond DPA 0x8'));
});

test('a device that the machine does not have has no media', async () => {
  await expect(operator.readMedia('u', 0n, 1)).rejects.toThrow(new RangeError('the machine has no cxl-type3 u'));
});

test('poison is not applicable to a QEMU that cannot inject it', async () => {
  await expect(operator.command('t', 'cxl-inject-poison', { start: 0n, length: 64 })).rejects.toThrow(
    'this QEMU has no QMP command cxl-inject-poison',
  );
});

test('a reset is over when QEMU says so, not when it has been asked', async () => {
  const { socket, answer } = openTestSocket();
  const qmp = new Qmp(socket, () => {});
  let over = false;
  const reset = new QemuOperator({ qmp } as Qemu, topology, offer).reset().then(() => {
    over = true;
  });
  answer('{"return": {}, "id": 0}\n');
  await setImmediate();
  expect(over).toBe(false);
  answer('{"event": "RESET", "data": {"guest": false, "reason": "host-qmp-system-reset"}}\n');
  await reset;
});

test('a removal is reported of the latest device with its name', async () => {
  const { socket, answer } = openTestSocket();
  const qmp = new Qmp(socket, () => {});
  const latest = new QemuOperator({ qmp } as Qemu, topology, { ...offer, devices: { 'cxl-type3': ['sn'] } });
  const deleted = '{"event": "DEVICE_DELETED", "data": {"device": "t"}}\n';
  answer(deleted);
  await setImmediate();
  expect(await latest.hasReportedRemoval('t')).toBe(true);

  const added = latest.hotAdd({ id: 't', port: 'rp0', volatile: 0n, persistent: 0n, labelArea: 0n, serial: 1n });
  answer('{"return": {}, "id": 0}\n');
  await added;
  expect(await latest.hasReportedRemoval('t')).toBe(false);
  answer(deleted);
  await setImmediate();
  expect(await latest.hasReportedRemoval('t')).toBe(true);
});

for (const [title, reply, taken] of [
  ['can be taken', '{"return": {}, "id": 0}', true],
  ...[
    "object 't-volatile' is in use, can not be deleted",
    "Cannot delete host memory backend 't-volatile' which is mapped",
  ].map(
    (desc) => [`stays: ${desc}`, JSON.stringify({ error: { class: 'GenericError', desc }, id: 0 }), false] as const,
  ),
] as const) {
  test(`memory of a device ${title}`, async () => {
    const { socket, answer } = openTestSocket();
    const qmp = new Qmp(socket, () => {});
    const taking = new QemuOperator({ qmp } as Qemu, topology, offer).takeMemory('t');
    answer(`${reply}\n`);
    if (taken) {
      await setImmediate();
      answer('{"return": {}, "id": 1}\n');
      await setImmediate();
      answer('{"return": {}, "id": 2}\n');
    }
    expect(await taking).toBe(taken);
  });
}

test('a window that QEMU was told no granularity of has that of QEMU', async () => {
  const { socket, answer } = openTestSocket();
  const asked = new QemuOperator({ qmp: new Qmp(socket, () => {}) } as Qemu, topology, offer).fixedWindows();
  answer('{"return": [{"size": 4294967296, "targets": ["cxl.1"]}], "id": 0}\n');
  expect(await asked).toEqual([{ size: 1n << 32n, targets: ['cxl.1'], granularity: 256 }]);
});
