/** Opcodes of AML: ACPI 6.5 Section 20.3: AML Byte Stream Byte Values. Those of two bytes have 0x5b above the second. */

export const OP = {
  zero: 0x00,
  one: 0x01,
  alias: 0x06,
  name: 0x08,
  byte: 0x0a,
  word: 0x0b,
  dword: 0x0c,
  string: 0x0d,
  qword: 0x0e,
  scope: 0x10,
  buffer: 0x11,
  package: 0x12,
  varPackage: 0x13,
  method: 0x14,
  local0: 0x60,
  local7: 0x67,
  arg0: 0x68,
  arg6: 0x6e,
  store: 0x70,
  refOf: 0x71,
  concat: 0x73,
  increment: 0x75,
  decrement: 0x76,
  divide: 0x78,
  not: 0x80,
  derefOf: 0x83,
  notify: 0x86,
  sizeOf: 0x87,
  index: 0x88,
  logicalNot: 0x92,
  toBuffer: 0x96,
  toInteger: 0x99,
  copyObject: 0x9d,
  continue: 0x9f,
  if: 0xa0,
  else: 0xa1,
  while: 0xa2,
  noop: 0xa3,
  return: 0xa4,
  break: 0xa5,
  ones: 0xff,
  mutex: 0x5b01,
  event: 0x5b02,
  createField: 0x5b13,
  stall: 0x5b21,
  sleep: 0x5b22,
  acquire: 0x5b23,
  release: 0x5b27,
  debug: 0x5b31,
  region: 0x5b80,
  field: 0x5b81,
  device: 0x5b82,
  processor: 0x5b83,
  powerResource: 0x5b84,
  thermalZone: 0x5b85,
  indexField: 0x5b86,
  bankField: 0x5b87,
} as const;

/** Integers that follow their opcode, by their size in bytes. */
export const CONSTANT_SIZE: Readonly<Record<number, number>> = {
  [OP.byte]: 1,
  [OP.word]: 2,
  [OP.dword]: 4,
  [OP.qword]: 8,
};

/** What makes a field of a buffer from a byte on, or from a bit on, by its size in bits. */
export const CREATE_FIELD: Readonly<Record<number, number>> = { 138: 32, 139: 16, 140: 8, 141: 1, 143: 64 };
export const CREATE_BIT_FIELD = 0x8d;

/** Of two integers; the result goes into a target. What it does not fit is cut off. */
export const ARITHMETIC: Readonly<Record<number, (a: bigint, b: bigint) => bigint>> = {
  114: (a, b) => a + b,
  116: (a, b) => a - b,
  119: (a, b) => a * b,
  121: (a, b) => (b > 63n ? 0n : a << b),
  122: (a, b) => (b > 63n ? 0n : a >> b),
  123: (a, b) => a & b,
  124: (a, b) => ~(a & b),
  125: (a, b) => a | b,
  126: (a, b) => ~(a | b),
  127: (a, b) => a ^ b,
};

/** Of two truths. */
export const LOGICAL: Readonly<Record<number, (a: boolean, b: boolean) => boolean>> = {
  144: (a, b) => a && b,
  145: (a, b) => a || b,
};

/** Of how two values compare: negative, zero or positive. */
export const COMPARISON: Readonly<Record<number, (order: number) => boolean>> = {
  147: (order) => order === 0,
  148: (order) => order > 0,
  149: (order) => order < 0,
};

/** After the name of an object that has a body of its own: bytes that are not of the body. */
export const BODY_AFTER: Readonly<Record<number, number>> = {
  [OP.device]: 0,
  [OP.processor]: 6,
  [OP.powerResource]: 3,
  [OP.thermalZone]: 0,
};
