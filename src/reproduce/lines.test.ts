import { test } from 'node:test';
import { expect } from 'expect';
import type { Call, Tapped } from '../target/tape';
import { answerOf, linesOf } from './lines';

const call = (method: string, args: readonly unknown[], tapped: Tapped[] = []): Call => ({
  method,
  args,
  step: 0,
  boot: false,
  tapped,
});

test('accesses are commands of qtest, and an access of nothing is none', () => {
  const lines = [
    call('read32', [0x10n]),
    call('write64', [0x10n, 3n]),
    call('out8', [0xcf9, 6]),
    call('readBlock', [0x10n, 8]),
    call('readBlock', [0x10n, 0]),
    call('writeBlock', [0x10n, Uint8Array.of(1, 255)]),
    call('writeBlock', [0x10n, new Uint8Array(65)]),
  ].flatMap(linesOf);
  expect(lines).toEqual([
    'readl 0x10',
    'writeq 0x10 0x3',
    'outb 0xcf9 0x6',
    'read 0x10 0x8',
    'write 0x10 0x2 0x01ff',
    `b64write 0x10 0x41 ${Buffer.alloc(65).toString('base64')}`,
  ]);
});

test('an event is waited for after the command that brings it about', () => {
  const tapped: Tapped[] = [
    { kind: 'event', name: 'RESET' },
    { kind: 'qmp', text: '{"execute":"system_reset"}' },
    { kind: 'reply', text: '{"return": {}}' },
    { kind: 'file', name: 'memory', offset: 4n, length: 2 },
  ];
  expect(linesOf(call('reset', [], tapped))).toEqual(['{"execute":"system_reset"}', 'event RESET', 'file memory 4 2']);
});

test('answers are written as QEMU writes them', () => {
  expect(answerOf(call('read8', [0n]), { value: 5 })).toBe('0x0000000000000005');
  expect(answerOf(call('in8', [0]), { value: 5 })).toBe('0x0005');
  expect(answerOf(call('readBlock', [0n, 2]), { value: Uint8Array.of(1, 2) })).toBe('0x0102');
  const refused = answerOf(call('command', [], [{ kind: 'reply', text: '' }]), { error: new Error('it is "in use"') });
  expect(refused).toBe('{"error": {"class": "GenericError", "desc": "it is \\"in use\\""}}');
  expect(answerOf(call('fixedWindows', [], [{ kind: 'reply', text: '' }]), { value: [] })).toBeUndefined();
});
