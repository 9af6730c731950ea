import { OPCODE, RETURN_CODE } from '../../src/codec/cxl/mailbox/command';

/** Names of the specification by the names that they have in code: `Get Event Records` by `getEventRecords`. */
const titled = <T extends number>(names: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(names).map(([name, code]) => [title(name), code]));

const title = (name: string): string =>
  name.replace(/[A-Z]/g, (capital) => ` ${capital}`).replace(/^./, (first) => first.toUpperCase());

/** Opcodes by the names of the commands. */
export const COMMANDS = titled(OPCODE);

const CODES = titled(RETURN_CODE);

/** `Invalid Input`. */
export const ANSWERS: readonly string[] = [...CODES.keys()];

/** The name of a return code. */
export const showCode = (code: number): string =>
  [...CODES].find(([, value]) => value === code)?.[0] ?? `return code ${code.toString(16)}h`;

/** Matches any of `names`, the longest that fits. */
export const anyOf = (names: Iterable<string>): RegExp =>
  RegExp([...names].sort((a, b) => b.length - a.length).join('|'));
