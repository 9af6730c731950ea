import { defineParameterType } from '@cucumber/cucumber';
import { COMMANDS, RETURN_CODES } from '../../src/codec/cxl/mailbox/command';
import { EVENT_LOGS } from '../../src/codec/cxl/mailbox/events';
import type { Range } from '../../src/codec/range';
import type { RegionType } from '../../src/machine/host';
import type { QmpCommandName } from '../../src/machine/qmp';
import type { FirmwarePolicy } from '../../src/machine/topology';
import { REGISTER_NAMES } from '../../src/named-registers/names';
import { anyOf } from './commands';
import { regionNumber } from './ordinals';

const UNIT = { '': 1n, K: 1n << 10n, M: 1n << 20n, G: 1n << 30n, T: 1n << 40n } as const;

/** `4G`, `256`, `0x1000` in bytes: binary units, as on QEMU's command line. */
export function bytes(text = ''): bigint {
  const [, number, unit] = /^(0x[0-9a-fA-F]+|\d+)([KMGT]?)$/.exec(text) ?? [];
  if (!number) throw new SyntaxError(`not a number of bytes: ${text}`);
  return BigInt(number) * UNIT[unit as keyof typeof UNIT];
}

/** `cxl.1, cxl.2`. */
export const ids = (list = ''): string[] => list.split(', ').filter(Boolean);

defineParameterType({ name: 'bytes', regexp: /0x[0-9a-fA-F]+|\d+[KMGT]?/, transformer: bytes });

/** `4G-5G`, half-open. */
export function range(text = ''): Range {
  const [from, to] = text.split('-');
  return { base: bytes(from), size: bytes(to) - bytes(from) };
}

defineParameterType({ name: 'range', regexp: /\d\w*-\d\w*/, transformer: range });

/** A QEMU device id. */
defineParameterType({ name: 'id', regexp: /[a-z][\w.-]*/, transformer: (id: string) => id });

defineParameterType({ name: 'ids', regexp: /[a-z][\w.-]*(?:, [a-z][\w.-]*)*/, transformer: ids });

/** `0, 2`. */
export const numbers = (list = ''): number[] => list.split(', ').filter(Boolean).map(Number);

defineParameterType({ name: 'numbers', regexp: /\d+(?:, \d+)*/, transformer: numbers });

/** The kind of a region, in the words of `cxl create-region -t`. */
defineParameterType({
  name: 'type',
  regexp: /persistent|volatile/,
  transformer: (text: string): RegionType => (text === 'volatile' ? 'ram' : 'pmem'),
});

/** What firmware makes of the memory that it configures. */
defineParameterType({
  name: 'policy',
  regexp: /(?:RAM|soft reserved)(?: and persistent)?(?:, with locked decoders)?/,
  transformer: (text: string): FirmwarePolicy => ({
    as: text.startsWith('RAM') ? 'ram' : 'soft-reserved',
    ...(text.includes('persistent') && { persistent: true }),
    ...(text.includes('locked') && { locks: true }),
  }),
});

/** A region that the scenario has created, by its index; -1 for the last. */
defineParameterType({
  name: 'region',
  regexp: /the (?:first |second |third |fourth )?region/,
  transformer: regionNumber,
});

/** A mailbox command by its name in the specification: `Get Event Records`. */
defineParameterType({
  name: 'command',
  regexp: anyOf(COMMANDS.keys()),
  transformer: (name: string): number => COMMANDS.get(name) ?? 0,
});

/** An event log by its name. */
defineParameterType({ name: 'log', regexp: anyOf(EVENT_LOGS), transformer: (name: string): string => name });

/** `warning, fatal`; `empty` for none. */
defineParameterType({
  name: 'logs',
  regexp: RegExp(`empty|(?:${EVENT_LOGS.join('|')})(?:, (?:${EVENT_LOGS.join('|')}))*`),
  transformer: (names: string): string => names,
});

/** What QMP injects into a device, by QMP's name without `cxl-inject-`. */
defineParameterType({
  name: 'injection',
  regexp: /(?:general-media|dram|memory-module)-event|poison|uncorrectable-errors|correctable-error/,
  transformer: (name: string): QmpCommandName => `cxl-inject-${name}` as QmpCommandName,
});

/** A register behind the name of its structure: `RAS Correctable Error Mask`. */
defineParameterType({ name: 'register', regexp: anyOf(REGISTER_NAMES), transformer: (name: string): string => name });

/** `CXL Device, Register Locator`: names with spaces, of what the specifications define. */
defineParameterType({
  name: 'names',
  regexp: /[A-Z][\w ]*\w(?:, [A-Z][\w ]*\w)*/,
  transformer: (list: string): string[] => list.split(', '),
});

/** Capabilities of a component, and one that may be there besides. */
export interface Capabilities {
  readonly names: readonly string[];
  readonly optional?: string;
}

/** `RAS, Link` or `RAS, Link, optionally BI Decoder`. */
defineParameterType({
  name: 'capabilities',
  regexp: /[A-Z][\w ]*\w(?:, (?:optionally )?[A-Z][\w ]*\w)*/,
  transformer: (list: string): Capabilities => {
    const [names = '', optional] = list.split(', optionally ');
    return { names: names.split(', '), ...(optional && { optional }) };
  },
});

/** Vendor and device: `8086:0d93`. */
defineParameterType({
  name: 'identity',
  regexp: /[0-9a-f]{4}:[0-9a-f]{4}/,
  transformer: (text: string): string => text,
});

/** Extents by DPA: `256M-258M, 260M-262M`; `nothing` for none. */
defineParameterType({
  name: 'extents',
  regexp: /nothing|\d\w*-\d\w*(?:, \d\w*-\d\w*)*/,
  transformer: (text: string): Range[] => (text === 'nothing' ? [] : text.split(', ').map(range)),
});

/** A return code by its name: `Invalid Payload Length`. */
defineParameterType({
  name: 'answer',
  regexp: anyOf(RETURN_CODES.keys()),
  transformer: (name: string): string => name,
});

/** Whose mailbox: `dev`, the mailbox `cci0` of a switch, or `dev through cci0`, which passes commands on to `dev`. */
defineParameterType({
  name: 'mailbox',
  regexp: /[a-z][\w.-]*(?: through [a-z][\w.-]*)?/,
  transformer: (text: string): string => text,
});

/** The input of a command: `8 bytes of input`, all of them zero; or its fields, `offset 0, length 4`. */
defineParameterType({
  name: 'input',
  regexp: /\d+ bytes? of input|[a-z].*/,
  transformer: (text: string): string => text,
});

/** The output of a command by its fields, `slot info 0x02`; or `no output`. */
defineParameterType({ name: 'output', regexp: /[a-z].*/, transformer: (text: string): string => text });

/** Effects of a command: `background operation, background abort`, `none`, or `background operation, among others`. */
defineParameterType({ name: 'effects', regexp: /[a-z].*/, transformer: (text: string): string => text });

/** What is written to a register: `ones`, `zeros`, `0x6`, or ones to one field and zeros to the others, `memDataEcc`. */
defineParameterType({
  name: 'value',
  regexp: /ones|zeros|0x[0-9a-f]+|[a-z]\w*/,
  transformer: (text: string): string => text,
});

/** Which fields of a register are set: `no bit`, `all bits`, `speed, width` among others, `only internal`. */
defineParameterType({
  name: 'bits',
  regexp: /no bit|all bits|(?:only )?[a-z]\w*(?:, [a-z]\w*)*/,
  transformer: (text: string): string => text,
});

/** Records of an event log by their handles: `no record`, `the record 1`, `the records 1, 2`. */
defineParameterType({
  name: 'records',
  regexp: /no record|the records? \d+(?:, \d+)*/,
  transformer: (text: string): number[] => numbers(text.replace(/^\D+/, '')),
});

/** What a device says of its media. */
defineParameterType({ name: 'media', regexp: /ready|disabled/, transformer: (text: string): string => text });
