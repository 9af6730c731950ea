import { test } from 'node:test';
import { expect } from 'expect';
import type { Call } from '../target/tape';
import { probesOf } from './probe';

const block = (came: Uint8Array): Call => ({
  method: 'readBlock',
  args: [0x1000n, came.length],
  step: 0,
  boot: true,
  tapped: [],
  outcome: { value: came },
});
const looked = (came: Uint8Array, expected: Uint8Array) =>
  probesOf({ name: '', call: block(came), expected: { value: expected } }).map(({ call, expected }) => ({
    args: call.args,
    came: Buffer.from((call.outcome as { value: Uint8Array }).value).toString('hex'),
    expected: Buffer.from((expected as { value: Uint8Array }).value).toString('hex'),
  }));

test('a block is looked at where it differs', () => {
  expect(looked(Uint8Array.of(1, 2, 3, 4, 5, 6), Uint8Array.of(1, 9, 9, 4, 5, 7))).toEqual([
    { args: [0x1001n, 2], came: '0203', expected: '0909' },
    { args: [0x1005n, 1], came: '06', expected: '07' },
  ]);
});

test('what comes behind the end of the right block is to be zero', () => {
  expect(looked(Uint8Array.of(1, 2, 3), Uint8Array.of(1))).toEqual([
    { args: [0x1001n, 2], came: '0203', expected: '0000' },
  ]);
});

test('the checksum of a table is not looked at', () => {
  const [came, expected] = [Buffer.alloc(40), Buffer.alloc(40)];
  for (const each of [came, expected]) each.write('HMAT');
  came[9] = 1;
  came[38] = 2;
  expect(looked(came, expected)).toEqual([{ args: [0x1026n, 1], came: '02', expected: '00' }]);
});

test('a register is looked at as it is', () => {
  const call: Call = { ...block(new Uint8Array()), method: 'read32', args: [4n], outcome: { value: 1 } };
  expect(probesOf({ name: '', call, expected: { value: 2 } })).toEqual([{ call, expected: { value: 2 } }]);
});
