import { defineParameterType } from '@cucumber/cucumber';
import { E820_TYPE } from '../../src/codec/acpi/e820';
import { COMMANDS, RETURN_CODES } from '../../src/codec/cxl/mailbox/command';
import { EVENT_LOGS } from '../../src/codec/cxl/mailbox/events';
import type { Range } from '../../src/codec/range';
import type { RegionType } from '../../src/machine/host';
import type { MailboxRegister } from '../../src/machine/memory-device';
import type { QmpCommandName } from '../../src/machine/qmp';
import type { FirmwarePolicy } from '../../src/machine/topology';
import { REGISTER_NAMES } from '../../src/named-registers/names';
import { anyOf } from './commands';

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

/** What the memory map says of memory that firmware has configured. */
defineParameterType({
  name: 'kind',
  regexp: /RAM|soft reserved/,
  transformer: (text: string): FirmwarePolicy['as'] => (text === 'RAM' ? 'ram' : 'soft-reserved'),
});

/** The same of memory of any kind, as E820 has it. */
defineParameterType({
  name: 'e820',
  regexp: /RAM|soft reserved|persistent/,
  transformer: (text: string): number =>
    ({ RAM: E820_TYPE.RAM, persistent: E820_TYPE.PERSISTENT })[text] ?? E820_TYPE.SOFT_RESERVED,
});

const ORDINALS = ['first', 'second', 'third', 'fourth'];

/** A region that the scenario has created, by its index; -1 for the last. */
defineParameterType({
  name: 'region',
  regexp: /the region|the (first|second|third|fourth) region/,
  transformer: (ordinal?: string): number => (ordinal ? ORDINALS.indexOf(ordinal) : -1),
});

/** A mailbox command by its name in the specification: `Get Event Records`. */
defineParameterType({
  name: 'command',
  regexp: anyOf(COMMANDS.keys()),
  transformer: (name: string): number => COMMANDS.get(name) ?? 0,
});

/** A return code by its name: `Invalid Payload Length`. */
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

defineParameterType({
  name: 'answer',
  regexp: anyOf(RETURN_CODES.keys()),
  transformer: (name: string): string => name,
});

/** Registers of a mailbox by their names in the specification. */
const REGISTERS: Readonly<Record<string, MailboxRegister>> = {
  'Mailbox Capabilities': 'capability',
  'Mailbox Control': 'control',
  'the Command Register': 'command',
};

defineParameterType({
  name: 'mailboxRegister',
  regexp: anyOf(Object.keys(REGISTERS)),
  transformer: (name: string): MailboxRegister => REGISTERS[name] ?? 'control',
});

/** What a device says of its media. */
defineParameterType({ name: 'media', regexp: /ready|disabled/, transformer: (text: string): string => text });
