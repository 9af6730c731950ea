/** Commands that are sent to the mailbox of a device or switch, and what it answers. */
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { commandNamed, OPCODE } from '../src/codec/cxl/mailbox/command';
import { showEffects } from '../src/codec/cxl/mailbox/effect';
import { RETURN_CODE, returnCodeNamed } from '../src/codec/cxl/mailbox/return-code';
import { Timestamp } from '../src/codec/cxl/mailbox/timestamp';
import { type WrongLength, wrongLengthOf } from '../src/codec/cxl/mailbox/wrong-length';
import { expectAccepted } from './support/ask';
import type { Message, Reply } from './support/mailbox-types';
import {
  decodeObservation,
  encodeInput,
  encodeInputText,
  expectNoOutput,
  expectOutput,
  outputRows,
} from './support/payload';
import type { CxlWorld } from './support/world';

const NANOSECONDS = 1_000_000_000n;

/** Of each QEMU's, in bytes. */
const MAILBOX_HOLDS = 2048;

/**
 * `cci0 is sent ...`: by the mailbox of a switch; `m0 through cci0 is sent ...`: to m0 by Tunnel Management Command. Without input, with
 * `8 bytes of input`, all of them zero, or with fields, `with offset 0, length 4`. A field that is not given is zero, but a count of what
 * follows. `data` follows the fields: hexadecimal digits, or `128 bytes`, all of them 0xab.
 */
When(
  '{mailbox} {isSent} {message}',
  async function (this: CxlWorld, id: string, accepted: boolean, { opcode, input }: Message) {
    await send(this, id, opcode, encodeInputText(opcode, input), accepted);
  },
);

/** The same, with the fields in a table; the second and later rows have what follows them in a list. */
When(
  '{mailbox} {isSent} {command} with:',
  async function (this: CxlWorld, id: string, accepted: boolean, opcode: number, table: DataTable) {
    await send(this, id, opcode, encodeInput(opcode, table.hashes()), accepted);
  },
);

/** A command that does not stand in its Command Effects Log. */
When(
  '{mailbox} is sent {command}, which it does not list',
  async function (this: CxlWorld, id: string, opcode: number) {
    await this.devices.sendUnlisted(id, opcode);
  },
);

/**
 * Each command of its Command Effects Log that cannot have an input of that length: `no input`; `less input than its fields` or `more input than
 * its fields`, by a byte; `2049 bytes of input`. Zeros, of which those that the mailbox holds are written to it.
 */
When(
  '{mailbox} is sent each of its commands with {wrongLength}',
  async function (this: CxlWorld, id: string, wrong: WrongLength) {
    await this.devices.sendEach(id, (opcode) => {
      const length = wrongLengthOf(opcode, wrong, MAILBOX_HOLDS);
      return length === undefined ? undefined : new Uint8Array(length);
    });
  },
);

/** To each of them; at least one was sent. */
Then('{mailbox} answers each with Invalid Payload Length', function (this: CxlWorld, _id: string) {
  const answers = [...this.devices.answersToEach].map(([opcode, { code }]) => [
    commandNamed(opcode),
    returnCodeNamed(code),
  ]);
  expect(answers).not.toEqual([]);
  expect(Object.fromEntries(answers)).toEqual(
    Object.fromEntries(answers.map(([name]) => [name, returnCodeNamed(RETURN_CODE.invalidPayloadLength)])),
  );
});

/** Again and again until the answer is Success, for at most a second: for what takes some time of the host's clock. */
When(
  '{mailbox} is sent {command} until it succeeds, with {input}',
  async function (this: CxlWorld, id: string, opcode: number, input: string) {
    await this.devices.sendUntilTaken(id, opcode, encodeInputText(opcode, input));
  },
);

/**
 * To the last command: a return code, `Invalid Input`; or Success and these fields, `with slot info 0x02`; or `with no output`, whatever
 * the return code. `answers Get Timestamp with timestamp 0`: to that command, which it is sent now, without input.
 */
Then('{mailbox} answers {reply}', async function (this: CxlWorld, id: string, { code, asked, output }: Reply) {
  const answer = asked === undefined ? this.answerOf(id) : await this.send(id, asked, new Uint8Array());
  const { opcode } = this.devices.last(id);
  if (code !== undefined) return expect({ [id]: returnCodeNamed(answer.code) }).toEqual({ [id]: code });
  return output === 'no output'
    ? expectNoOutput(id, answer)
    : expectOutput(id, opcode, answer, outputRows(opcode, output));
});

/** The same, with the fields in a table; the second and later rows are of the entries of a list. */
Then(
  '{mailbox} answers {asked}with:',
  async function (this: CxlWorld, id: string, asked: number | undefined, table: DataTable) {
    const answer = asked === undefined ? this.answerOf(id) : await this.send(id, asked, new Uint8Array());
    expectOutput(id, this.devices.last(id).opcode, answer, table.hashes());
  },
);

/** What can be read of it by commands that change nothing is what could be read before the last command. The scenario has the tag `@unchanged`. */
Then('{mailbox} is unchanged', async function (this: CxlWorld, id: string) {
  const [before, now] = [this.devices.seenBefore(id), await (await this.device(id)).observe()];
  const changed = Object.keys(now).filter((about) => now[about] !== before[about]);
  const pick = (from: Readonly<Record<string, string>>) =>
    Object.fromEntries(changed.map((about) => [`${about} of ${id}`, decodeObservation(about, from[about])]));
  expect(pick(now)).toEqual(pick(before));
});

/** The command stands in its Command Effects Log; the scenario is not applicable if it does not. */
Given('{mailbox} supports {command}', async function (this: CxlWorld, id: string, opcode: number) {
  await this.devices.effectsOf(id, opcode);
});

/** The effects of a command in the Command Effects Log: all of them, or some, `background operation, among others`. */
Then(
  'the Command Effects Log of {mailbox} has {command} with the effects {effects}',
  async function (this: CxlWorld, id: string, opcode: number, effects: string) {
    const found = showEffects(await this.devices.effectsOf(id, opcode)).split(', ');
    const [, some] = /^(.*), among others$/.exec(effects) ?? [];
    expect({ effects: found }).toEqual({
      effects: some ? expect.arrayContaining(some.split(', ')) : effects.split(', '),
    });
  },
);

/** Get Timestamp, whose unit is nanoseconds, in whole seconds. */
Then('the timestamp of {mailbox} is {int} seconds', async function (this: CxlWorld, id: string, seconds: number) {
  const { timestamp } = Timestamp.decode((await this.send(id, OPCODE.getTimestamp, new Uint8Array())).output);
  expect({ seconds: Number(timestamp / NANOSECONDS) }).toEqual({ seconds });
});

/** @throws Error of an assertion if the step says that it was accepted, and it was not */
async function send(world: CxlWorld, id: string, opcode: number, input: Uint8Array, accepted: boolean): Promise<void> {
  if (accepted) await expectAccepted(world, id, opcode, input);
  else await world.send(id, opcode, input);
}
