/** Parameter types of commands that are sent to a mailbox, and of what it answers. */
import { defineParameterType } from '@cucumber/cucumber';
import { COMMANDS } from '../../src/codec/cxl/mailbox/command';
import { RETURN_CODES } from '../../src/codec/cxl/mailbox/return-code';
import type { WrongLength } from '../../src/codec/cxl/mailbox/wrong-length';
import { anyOf } from './any-of';

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
