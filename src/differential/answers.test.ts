import { test } from 'node:test';
import { expect } from 'expect';
import { OPCODE } from '../codec/cxl/mailbox/command';
import { FEATURE, SetFeature } from '../codec/cxl/mailbox/features';
import { COMMAND_EFFECTS_LOG, GetLogInput } from '../codec/cxl/mailbox/logs';
import { PortState, PortStates } from '../codec/cxl/mailbox/switch';
import { describeOutput, showInput } from './answers';
import { allDifferences } from './difference';

const NONE = new Uint8Array();

const paths = (opcode: number, base: Uint8Array, patched: Uint8Array, input: Uint8Array = NONE) =>
  allDifferences(
    { output: describeOutput(opcode, base, input) },
    { output: describeOutput(opcode, patched, input) },
  ).map(({ path, real, simulated }) => `${path.slice(1).join(' ')}: ${real} -> ${simulated}`);

test('an entry of an answer that differs is named by its field, in words where the field has them', () => {
  const states = (linkState: number) =>
    Buffer.concat([PortStates.encode({ count: 1 }), PortState.encode({ port: 1, linkState })]);
  expect(paths(OPCODE.getPhysicalPortState, states(0), states(3))[0]).toBe('fields entry 0 linkState: 0 -> 3');
});

test('effects of a command that differ are named by the command', () => {
  const input = GetLogInput.encode({ log: COMMAND_EFFECTS_LOG, length: 4 });
  const [first] = paths(OPCODE.getLog, Uint8Array.of(0, 1, 0, 0), Uint8Array.of(0, 1, 2, 0), input);
  expect(first).toBe('fields Get Event Records: none -> immediate configuration change');
});

test('bytes behind the fields differ too, and an answer that is cut short says so', () => {
  const [longer] = paths(OPCODE.identifyMemoryDevice, new Uint8Array(67), new Uint8Array(69));
  expect(longer).toMatch(/^bytes at 0x40: 000000 -> 0000000000$/);
  const [shorter] = paths(OPCODE.getPoisonList, new Uint8Array(32), new Uint8Array(8));
  expect(shorter).toMatch(/^fields /);
});

test('an input is shown by its fields, without what is zero', () => {
  const input = GetLogInput.encode({ log: COMMAND_EFFECTS_LOG, length: 4 });
  expect(showInput(OPCODE.getLog, input)).toBe('log commandEffects, length 0x4');
  const set = Buffer.concat([
    SetFeature.encode({ feature: FEATURE.rowSparing, flags: 1, offset: 3 }),
    NONE,
    Buffer.alloc(2),
  ]);
  expect(showInput(OPCODE.setFeature, set)).toBe('feature rowSparing, flags initiate, offset 0x3, 2 bytes');
  expect(showInput(OPCODE.getEventRecords, Uint8Array.of(3))).toBe('log fatal');
  expect(showInput(OPCODE.getLog, input.subarray(1))).toMatch(/^23 bytes a9c0b5bf/);
  expect([showInput(OPCODE.setTimestamp, new Uint8Array(8)), showInput(0x4200, NONE)]).toEqual([
    'all zero',
    'no input',
  ]);
});
