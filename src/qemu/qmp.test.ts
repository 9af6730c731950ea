import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'expect';
import { openTestSocket } from '../testing/test-socket';
import { QemuError } from './qemu-error';
import { Qmp, QmpRefusal } from './qmp';

const GREETING = '{"QMP": {"version": {"qemu": {"micro": 3, "minor": 1, "major": 11}}, "capabilities": ["oob"]}}\r\n';

function openQmp() {
  const { socket, written, answer } = openTestSocket();
  answer(GREETING);
  return { qmp: new Qmp(socket, () => {}), written, answer };
}

test('replies find their commands by id, and refusals carry QEMU’s words', async () => {
  const { qmp, answer } = openQmp();
  const status = qmp.execute('query-status');
  const refused = qmp.execute('device_del', { id: 'nope' });
  answer('{"error": {"class": "DeviceNotFound", "desc": "Device \'nope\' not found"}, "id": 1}\r\n');
  answer('{"return": {"running": false}, "id": 0}\r\n');
  await expect(refused).rejects.toThrow(new QmpRefusal('device_del', 'DeviceNotFound', "Device 'nope' not found"));
  expect(await status).toEqual({ running: false });
});

test('an event is no reply, and resolves for whoever waits for its name', async () => {
  const { qmp, answer } = openQmp();
  const deleted = qmp.event('DEVICE_DELETED');
  const reply = qmp.execute('device_del', { id: 't0' });
  answer('{"event": "RESET", "data": {"guest": false}}\r\n{"event": "DEVICE_DELETED", "data": {"device": "t0"}}\r\n');
  answer('{"return": {}, "id": 0}\r\n');
  expect(await deleted).toEqual({ device: 't0' });
  expect(await reply).toEqual({});
});

test('a bigint is sent as the integer that it is', async () => {
  const { qmp, written } = openQmp();
  qmp.execute('device_add', { driver: 'cxl-type3', sn: (1n << 63n) + 1n }).catch(() => {});
  await setImmediate();
  expect(written.join('')).toContain('"sn":9223372036854775809}');
  qmp.fail(new Error());
});

test('when QEMU is gone, all that is outstanding and all that follows is rejected with the reason', async () => {
  const { qmp } = openQmp();
  const outcomes = Promise.allSettled([qmp.execute('stop'), qmp.event('STOP')]);
  qmp.fail(new Error('it ended'));
  expect(await outcomes).toEqual([
    { status: 'rejected', reason: new QemuError('stop: no reply from QEMU: it ended') },
    { status: 'rejected', reason: new QemuError('event STOP: no reply from QEMU: it ended') },
  ]);
  await expect(qmp.execute('cont')).rejects.toThrow('cont: no reply from QEMU: it ended');
});
