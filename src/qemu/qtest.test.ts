import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'expect';
import { openTestSocket } from '../testing/test-socket';
import { QemuError } from './qemu-error';
import { Qtest } from './qtest';

const unexpected = (silence: string) => {
  throw new Error(silence);
};

test('commands are sent without waiting for earlier replies, in one write per tick', async () => {
  const { socket, written, answer } = openTestSocket();
  const qtest = new Qtest(socket, unexpected);
  const replies = Promise.all(['inb 0x1', 'readl 0x2', 'writel 0x2 3'].map((command) => qtest.command(command)));
  await setImmediate();
  expect(written).toEqual(['inb 0x1\nreadl 0x2\nwritel 0x2 3\n']);
  answer('OK 0x00ff\nOK 0x0000');
  answer('000000000002\nOK\n');
  expect(await replies).toEqual(['0x00ff', '0x0000000000000002', '']);
  const last = qtest.command('inb 0x4');
  await setImmediate();
  answer('OK 0x0004\n');
  expect(await last).toBe('0x0004');
  expect(written).toHaveLength(2);
});

test('a command that QEMU refuses is rejected alone, and an interrupt is no reply', async () => {
  const { socket, answer } = openTestSocket();
  const qtest = new Qtest(socket, unexpected);
  const replies = Promise.allSettled(['inb 0x1', 'nonsense', 'inb 0x2'].map((command) => qtest.command(command)));
  answer("OK 0x0001\nFAIL Unknown command 'nonsense'\nIRQ raise 1\nOK 0x0002\n");
  expect(await replies).toEqual([
    { status: 'fulfilled', value: '0x0001' },
    { status: 'rejected', reason: new QemuError("nonsense: FAIL Unknown command 'nonsense'") },
    { status: 'fulfilled', value: '0x0002' },
  ]);
  expect(`${qtest.transcript}`).toBe(
    "inb 0x1 -> OK 0x0001\nnonsense -> FAIL Unknown command 'nonsense'\ninb 0x2 -> OK 0x0002\n",
  );
});

test('when QEMU is gone, all that is outstanding and all that follows is rejected with the reason', async () => {
  const { socket, answer } = openTestSocket();
  const qtest = new Qtest(socket, unexpected);
  const replies = Promise.allSettled(['inb 0x1', 'inb 0x2', 'inb 0x3'].map((command) => qtest.command(command)));
  answer('OK 0x0001\n');
  await setImmediate();
  qtest.fail(new Error('it ended'));
  const gone = (command: string) => new QemuError(`${command}: no reply from QEMU: it ended`);
  expect(await replies).toEqual([
    { status: 'fulfilled', value: '0x0001' },
    { status: 'rejected', reason: gone('inb 0x2') },
    { status: 'rejected', reason: gone('inb 0x3') },
  ]);
  await expect(qtest.command('inb 0x4')).rejects.toThrow(gone('inb 0x4'));
});

test('a command without a reply in time is told of, once', async () => {
  const { socket, answer } = openTestSocket();
  const silences: string[] = [];
  const hung = new Promise<void>((resolve) => {
    const qtest = new Qtest(
      socket,
      (silence) => {
        silences.push(silence);
        qtest.fail(new Error(silence));
        resolve();
      },
      20,
    );
    qtest.command('inb 0x1').catch(() => {});
    qtest.command('inb 0x2').catch(() => {});
    answer('OK 0x0001\n');
  });
  await hung;
  expect(silences).toEqual(['it did not answer on qtest for 0.02 s']);
});

test('where QTEST_LOG is set, each command and each answer is shown on standard error', async (t) => {
  const shown: string[] = [];
  t.mock.method(process.stderr, 'write', (text: string) => shown.push(text.replace(/\+[\d.]+/, '+0')) > 0);
  const { socket, answer } = openTestSocket();
  const logged = new Qtest(socket, unexpected, 1000, true).command('inb 0x1');
  answer('OK 0x00ff\n');
  await logged;
  const { socket: other, answer: answerOther } = openTestSocket();
  const silent = new Qtest(other, unexpected, 1000, false).command('inb 0x1');
  answerOther('OK 0x00ff\n');
  await silent;
  expect(shown).toEqual(['[R +0] inb 0x1\n', '[S +0] OK 0x00ff\n']);
});
