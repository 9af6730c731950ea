/** Parameter types of devices: event logs, poison, dynamic capacity, registers, and what QMP does to them. */
import { defineParameterType } from '@cucumber/cucumber';
import { EVENT_LOGS } from '../../src/codec/cxl/mailbox/events';
import type { Range } from '../../src/codec/range';
import { QMP_COMMANDS, type QmpCommandName } from '../../src/ledger/qmp-commands';
import type { Width } from '../../src/machine/registers';
import { REGISTER_NAMES } from '../../src/named-registers/names';
import { anyOf } from './any-of';
import { numbers, range } from './parameter-types';

/** An event log by its name. */
defineParameterType({ name: 'log', regexp: anyOf(EVENT_LOGS), transformer: (name: string): string => name });

/** `warning, fatal`; `empty` for none. */
defineParameterType({
  name: 'logs',
  regexp: RegExp(`empty|(?:${EVENT_LOGS.join('|')})(?:, (?:${EVENT_LOGS.join('|')}))*`),
  transformer: (names: string): string => names,
});

const INJECT = 'cxl-inject-';
const INJECTIONS = Object.keys(QMP_COMMANDS).flatMap((name) =>
  name.startsWith(INJECT) ? [name.slice(INJECT.length)] : [],
);

/** What QMP injects into a device, by QMP's name without `cxl-inject-`. */
defineParameterType({
  name: 'injection',
  regexp: anyOf(INJECTIONS),
  transformer: (name: string): QmpCommandName => `${INJECT}${name}` as QmpCommandName,
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

/** `refuses: Bus 'nope' not found`, `refuses nothing`. */
defineParameterType({
  name: 'refusal',
  regexp: /refuses(?:: (.+)| (nothing))/,
  transformer: (words?: string, nothing?: string): string => words ?? nothing ?? '',
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
