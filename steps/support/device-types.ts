/** Parameter types of devices: mailboxes, event logs, poison, dynamic capacity, registers. */
import { defineParameterType } from '@cucumber/cucumber';
import { COMMANDS } from '../../src/codec/cxl/mailbox/command';
import { EVENT_LOGS } from '../../src/codec/cxl/mailbox/events';
import { RETURN_CODES } from '../../src/codec/cxl/mailbox/return-code';
import type { WrongLength } from '../../src/codec/cxl/mailbox/wrong-length';
import type { Range } from '../../src/codec/range';
import type { QmpCommandName } from '../../src/machine/qmp';
import type { Width } from '../../src/machine/registers';
import { REGISTER_NAMES } from '../../src/named-registers/names';
import { anyOf } from './commands';
import { numbers, range } from './parameter-types';

/** A mailbox command by its name in the specification: `Get Event Records`. */
defineParameterType({
  name: 'command',
  regexp: anyOf(COMMANDS.keys()),
  transformer: (name: string): number => COMMANDS.get(name) ?? 0,
});

/** Inputs of the wrong length: `no input`, `less input than its fields`, `more input than its fields`, `2049 bytes of input`. */
defineParameterType({
  name: 'wrongLength',
  regexp: /no input|less input than its fields|more input than its fields|\d+ bytes of input/,
  transformer: (text: string): WrongLength => {
    const [word = ''] = text.split(' ');
    if (word === 'no') return 'none';
    return word === 'less' || word === 'more' ? word : Number(word);
  },
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

/** `is sent`: whatever it answers; `has accepted`: it was sent, and the answer was Success or Background Started. */
defineParameterType({
  name: 'isSent',
  regexp: /is sent|has accepted/,
  transformer: (text: string): boolean => text === 'has accepted',
});

/** A command that is sent now, without input, or nothing: the last one is meant. */
defineParameterType({
  name: 'asked',
  regexp: RegExp(`(?:(${anyOf(COMMANDS.keys()).source}) )?`),
  transformer: (name?: string): number | undefined => (name ? COMMANDS.get(name) : undefined),
});

/** A command, and its input as the step has it. */
export interface Message {
  readonly opcode: number;
  readonly input: string;
}

/** `Sanitize`, `Get Log with 8 bytes of input`, `Get Label Storage Area with offset 0, length 4`. */
defineParameterType({
  name: 'message',
  regexp: RegExp(`(${anyOf(COMMANDS.keys()).source})(?: with (\\d+ bytes? of input|[a-z].*))?`),
  transformer: (name: string, input = ''): Message => ({ opcode: COMMANDS.get(name) ?? 0, input }),
});

/** What a mailbox answers: a return code, or an output, to the last command or to one that is sent now. */
export interface Reply {
  readonly code?: string;
  readonly asked?: number;
  readonly output: string;
}

/** `Invalid Input`, `with no output`, `with slot info 0x02`, `Get Timestamp with timestamp 0`. */
defineParameterType({
  name: 'reply',
  regexp: RegExp(`(?:(${anyOf(COMMANDS.keys()).source}) )?with ([a-z].*)|(${anyOf(RETURN_CODES.keys()).source})`),
  transformer: (command?: string, output = '', code?: string): Reply => ({
    ...(code && { code }),
    ...(command && { asked: COMMANDS.get(command) ?? 0 }),
    output,
  }),
});

/** Effects of a command: `background operation, background abort`, `none`, or `background operation, among others`. */
defineParameterType({ name: 'effects', regexp: /[a-z].*/, transformer: (text: string): string => text });

/** What is written to a register: `ones`, `zeros`, `0x6`, or ones to one field and zeros to the others, `memDataEcc`. */
defineParameterType({
  name: 'value',
  regexp: /ones|zeros|0x[0-9a-f]+|[a-z]\w*/,
  transformer: (text: string): string => text,
});

/** Which fields of a register are set or clear. */
export interface Bits {
  readonly names: readonly string[];
  /** No other field is set; `all`: each of its fields is. */
  readonly exactly?: boolean | 'all';
  readonly clear: boolean;
}

/** Which fields of a register are set or clear: `no bit set`, `all bits set`, `speed, width set`, `only internal set`, `functionReset clear`. */
defineParameterType({
  name: 'bits',
  regexp: /(no|all) bits? set|(only )?([a-z]\w*(?:, [a-z]\w*)*) (set|clear)/,
  transformer: (number?: string, only?: string, names = '', state = 'set'): Bits => ({
    names: names.split(', ').filter(Boolean),
    ...((only || number) && { exactly: number === 'all' ? 'all' : true }),
    clear: state === 'clear',
  }),
});

/** What can be read whole or in parts: a register, or the Command Effects Log where there is none. */
export interface Readable {
  readonly register?: string;
  readonly id: string;
}

/** `Memory Device Status of dev`, `the Command Effects Log of dev`. */
defineParameterType({
  name: 'readable',
  regexp: RegExp(`(${anyOf(REGISTER_NAMES).source}|the Command Effects Log) of ([a-z][\\w.-]*)`),
  transformer: (what: string, id: string): Readable => (what.startsWith('the ') ? { id } : { register: what, id }),
});

/** Records of an event log by their handles: `no record`, `the record 1`, `the records 1, 2`. */
defineParameterType({
  name: 'records',
  regexp: /no record|the records? \d+(?:, \d+)*/,
  transformer: (text: string): number[] => numbers(text.replace(/^\D+/, '')),
});

/** `8 times `, or nothing for once. */
defineParameterType({
  name: 'times',
  regexp: /(?:(\d+) times )?/,
  transformer: (times?: string): number => Number(times ?? 1),
});

/** What a device says of its media. */
defineParameterType({ name: 'media', regexp: /ready|disabled/, transformer: (text: string): string => text });

/** Whether a table has one record, a field a row, or a record a row. */
defineParameterType({
  name: 'recordTable',
  regexp: /this record|these records/,
  transformer: (text: string): 'one' | 'many' => (text === 'this record' ? 'one' : 'many'),
});

/** `no poison`, `150 poisoned lines`. */
defineParameterType({
  name: 'lines',
  regexp: /no poison|(\d+) poisoned lines/,
  transformer: (count = '0'): number => Number(count),
});

/** By whom lines are poisoned. */
defineParameterType({ name: 'poisoner', regexp: /Inject Poison|QMP/, transformer: (name: string): string => name });

/** `no interrupt`, or one `interrupt of its mailbox`. */
defineParameterType({
  name: 'interrupts',
  regexp: /no interrupt|only the interrupt of its mailbox/,
  transformer: (text: string): string => text,
});

/** What a register is: `unchanged`, or a number. */
defineParameterType({ name: 'held', regexp: /unchanged|0x[0-9a-f]+/, transformer: (text: string): string => text });

/** The bytes of a register that one access writes. */
export interface PartOfRegister {
  readonly register: string;
  readonly width: Width;
}

/** A register, or `the first 2 bytes of` it. */
defineParameterType({
  name: 'part',
  regexp: RegExp(`(?:the first (\\d) bytes? of )?(${anyOf(REGISTER_NAMES).source})`),
  transformer: (width: string | undefined, register: string): PartOfRegister => ({
    register,
    width: Number(width ?? 4) as Width,
  }),
});
