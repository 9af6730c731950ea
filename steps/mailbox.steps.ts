import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { commandNamed, OPCODE, returnCodeNamed, showEffects } from '../src/codec/cxl/mailbox/command';
import { Timestamp } from '../src/codec/cxl/mailbox/timestamp';
import { showBytes } from '../src/report/show-value';
import { expectSameInParts } from './support/effects-log';
import { decodeObservation, encodeInput, encodeInputText, expectOutput, outputRows } from './support/payload';
import type { CxlWorld } from './support/world';

const NANOSECONDS = 1_000_000_000n;

/** Without input. A step about the mailbox of a switch names it: `cci0 is sent Get Timestamp`; `m0 through cci0 is sent Get Timestamp` sends it to `m0` by Tunnel Management Command. */
When('{mailbox} is sent {command}', async function (this: CxlWorld, id: string, opcode: number) {
  await this.send(id, opcode, new Uint8Array());
});

/** `with 8 bytes of input`, all of them zero; or with fields, `with offset 0, length 4`. A field that is not given is zero. `data` follows the fields: hexadecimal digits, or `128 bytes`, all of them 0xab. */
When(
  '{mailbox} is sent {command} with {input}',
  async function (this: CxlWorld, id: string, opcode: number, input: string) {
    await this.send(id, opcode, encodeInputText(opcode, input));
  },
);

/** The same, with the fields in a table; the second and later rows have what follows them in a list. */
When(
  '{mailbox} is sent {command} with:',
  async function (this: CxlWorld, id: string, opcode: number, table: DataTable) {
    await this.send(id, opcode, encodeInput(opcode, table.hashes()));
  },
);

/** A command that does not stand in its Command Effects Log. */
When(
  '{mailbox} is sent {command}, which it does not list',
  async function (this: CxlWorld, id: string, opcode: number) {
    await this.devices.sendUnlisted(id, opcode);
  },
);

/** Again and again until the answer is Success, for at most a second: for what takes some time of the host's clock. */
When(
  '{mailbox} is sent {command} until it succeeds, with {input}',
  async function (this: CxlWorld, id: string, opcode: number, input: string) {
    await this.devices.sendUntilTaken(id, opcode, encodeInputText(opcode, input));
  },
);

/** It was sent, and the answer was Success or Background Started. */
Given('{mailbox} has accepted {command}', async function (this: CxlWorld, id: string, opcode: number) {
  await expectAccepted(this, id, opcode, new Uint8Array());
});

/** The same, with input. */
Given(
  '{mailbox} has accepted {command} with {input}',
  async function (this: CxlWorld, id: string, opcode: number, input: string) {
    await expectAccepted(this, id, opcode, encodeInputText(opcode, input));
  },
);

/** The same, with fields in a table. */
Given(
  '{mailbox} has accepted {command} with:',
  async function (this: CxlWorld, id: string, opcode: number, table: DataTable) {
    await expectAccepted(this, id, opcode, encodeInput(opcode, table.hashes()));
  },
);

/** The return code of the last command that it was sent. */
Then('{mailbox} answers {answer}', function (this: CxlWorld, id: string, answer: string) {
  expect({ [id]: returnCodeNamed(this.answerOf(id).code) }).toEqual({ [id]: answer });
});

/** Success and these fields of the output of the last command; or, whatever the return code, `with no output`. */
Then('{mailbox} answers with {output}', function (this: CxlWorld, id: string, output: string) {
  if (output === 'no output') return expectNoOutput(id, this.answerOf(id).output);
  const { opcode } = this.devices.last(id);
  return expectOutput(id, opcode, this.answerOf(id), outputRows(opcode, output));
});

/** The same, with the fields in a table; the second and later rows are of the entries of a list. */
Then('{mailbox} answers with:', function (this: CxlWorld, id: string, table: DataTable) {
  expectOutput(id, this.devices.last(id).opcode, this.answerOf(id), table.hashes());
});

/** Success and these fields, when it is sent the command now, without input. */
Then(
  '{mailbox} answers {command} with {output}',
  async function (this: CxlWorld, id: string, opcode: number, output: string) {
    expectOutput(id, opcode, await this.send(id, opcode, new Uint8Array()), outputRows(opcode, output));
  },
);

/** The same, with the fields in a table. */
Then(
  '{mailbox} answers {command} with:',
  async function (this: CxlWorld, id: string, opcode: number, table: DataTable) {
    expectOutput(id, opcode, await this.send(id, opcode, new Uint8Array()), table.hashes());
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

/** By Get Log from one offset after the other. */
Then(
  'the Command Effects Log of {mailbox} reads the same in parts of {int} bytes',
  async function (this: CxlWorld, id: string, size: number) {
    await expectSameInParts(this, id, size);
  },
);

/** Get Timestamp, whose unit is nanoseconds, in whole seconds. */
Then('the timestamp of {mailbox} is {int} seconds', async function (this: CxlWorld, id: string, seconds: number) {
  const { timestamp } = Timestamp.decode((await this.send(id, OPCODE.getTimestamp, new Uint8Array())).output);
  expect({ seconds: Number(timestamp / NANOSECONDS) }).toEqual({ seconds });
});

async function expectAccepted(world: CxlWorld, id: string, opcode: number, input: Uint8Array): Promise<void> {
  const { code } = await world.send(id, opcode, input);
  const answer = returnCodeNamed(code);
  const what = `${id} answers ${commandNamed(opcode)} with`;
  expect({ [what]: answer === 'Background Started' ? 'Success' : answer }).toEqual({ [what]: 'Success' });
}

function expectNoOutput(id: string, output: Uint8Array): void {
  expect({ [`output of ${id}`]: showBytes(output) }).toEqual({ [`output of ${id}`]: 'no bytes' });
}
