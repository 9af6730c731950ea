import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { commandNamed, OPCODE } from '../src/codec/cxl/mailbox/command';
import { showEffects } from '../src/codec/cxl/mailbox/effect';
import {
  CelEntry,
  COMMAND_EFFECTS_LOG,
  type CommandEffect,
  decodeCel,
  GetLogInput,
} from '../src/codec/cxl/mailbox/logs';
import { returnCodeNamed } from '../src/codec/cxl/mailbox/return-code';
import { Timestamp } from '../src/codec/cxl/mailbox/timestamp';
import { DecodeError } from '../src/codec/decode-error';
import { showBytes } from '../src/report/show-value';
import { decodeObservation, decodeOutput, encodeInput, expectedOutput } from './support/payload';
import type { CxlWorld } from './support/world';

const NANOSECONDS = 1_000_000_000n;

When('{id} is sent {command}', async function (this: CxlWorld, id: string, opcode: number) {
  await this.send(id, opcode, new Uint8Array());
});

When(
  '{id} is sent {command} with {int} byte(s) of input',
  async function (this: CxlWorld, id: string, opcode: number, length: number) {
    await this.send(id, opcode, new Uint8Array(length));
  },
);

When('{id} is sent {command} with:', async function (this: CxlWorld, id: string, opcode: number, table: DataTable) {
  await this.send(id, opcode, encodeInput(opcode, table.hashes()));
});

Given('{id} has taken {command}', async function (this: CxlWorld, id: string, opcode: number) {
  await expectTaken(this, id, opcode, new Uint8Array());
});

Given('{id} has taken {command} with:', async function (this: CxlWorld, id: string, opcode: number, table: DataTable) {
  await expectTaken(this, id, opcode, encodeInput(opcode, table.hashes()));
});

/** Done, or begun in the background. */
async function expectTaken(world: CxlWorld, id: string, opcode: number, input: Uint8Array): Promise<void> {
  const { code } = await world.send(id, opcode, input);
  const answer = returnCodeNamed(code);
  const what = `${id} answers ${commandNamed(opcode)} with`;
  expect({ [what]: answer === 'Background Started' ? 'Success' : answer }).toEqual({ [what]: 'Success' });
}

When('{id} is sent {command}, which it does not list', async function (this: CxlWorld, id: string, opcode: number) {
  await this.devices.sendUnlisted(id, opcode);
});

Then('{id} answers {answer}', function (this: CxlWorld, id: string, answer: string) {
  expect({ [id]: returnCodeNamed(this.answerOf(id).code) }).toEqual({ [id]: answer });
});

Then('{id} answers with no output', function (this: CxlWorld, id: string) {
  expect({ [`output of ${id}`]: showBytes(this.answerOf(id).output) }).toEqual({ [`output of ${id}`]: 'no bytes' });
});

Then('{id} answers {command} with:', async function (this: CxlWorld, id: string, opcode: number, table: DataTable) {
  expectAnswer(id, opcode, await this.send(id, opcode, new Uint8Array()), table);
});

Then('{id} answers with:', function (this: CxlWorld, id: string, table: DataTable) {
  expectAnswer(id, this.devices.last(id).opcode, this.answerOf(id), table);
});

function expectAnswer(
  id: string,
  opcode: number,
  { code, output }: { readonly code: number; readonly output: Uint8Array },
  table: DataTable,
): void {
  expect({ [id]: returnCodeNamed(code) }).toEqual({ [id]: 'Success' });
  const rows = table.hashes();
  const what = commandNamed(opcode);
  expect({ [what]: DecodeError.of(id, () => decodeOutput(opcode, output, rows)) }).toEqual({
    [what]: expectedOutput(opcode, rows),
  });
}

Then('the output of {id} has {int} bytes', function (this: CxlWorld, id: string, length: number) {
  const what = `bytes of output of ${id}`;
  expect({ [what]: this.answerOf(id).output.length }).toEqual({ [what]: length });
});

Then('{id} is as it was before', async function (this: CxlWorld, id: string) {
  const [before, now] = [this.devices.seenBefore(id), await (await this.device(id)).observe()];
  const changed = Object.keys(now).filter((about) => now[about] !== before[about]);
  const pick = (from: Readonly<Record<string, string>>) =>
    Object.fromEntries(changed.map((about) => [`${about} of ${id}`, decodeObservation(about, from[about])]));
  expect(pick(now)).toEqual(pick(before));
});

Then(
  'the Command Effects Log of {id} says of {command}: {}',
  async function (this: CxlWorld, id: string, opcode: number, effects: string) {
    expect({ effects: showEffects(await this.devices.effectsOf(id, opcode)) }).toEqual({ effects });
  },
);

Then(
  'the Command Effects Log of {id} says that {command} runs in the background',
  async function (this: CxlWorld, id: string, opcode: number) {
    const effects = showEffects(await this.devices.effectsOf(id, opcode)).split(', ');
    expect({ effects }).toEqual({ effects: expect.arrayContaining(['background operation']) });
  },
);

Then(
  'the Command Effects Log of {id} reads the same in parts of {int} bytes',
  async function (this: CxlWorld, id: string, size: number) {
    const entries = await (await this.device(id)).commandEffects();
    const length = entries.size * CelEntry.size;
    const parts = [];
    for (let offset = 0; offset < length; offset += size) {
      const part = { log: COMMAND_EFFECTS_LOG, offset, length: Math.min(size, length - offset) };
      parts.push((await this.send(id, OPCODE.getLog, GetLogInput.encode(part))).output);
    }
    expect({ parts: [...decodeCel(Buffer.concat(parts))].map(showEntry) }).toEqual({
      parts: [...entries].map(([opcode, effect]) => showEntry({ opcode, effect })),
    });
  },
);

const showEntry = ({ opcode, effect }: CommandEffect) => `${commandNamed(opcode)}: ${showEffects(effect)}`;

Given('{id} has the command {command}', async function (this: CxlWorld, id: string, opcode: number) {
  await this.devices.effectsOf(id, opcode);
});

Then('the timestamp of {id} is {int} seconds', async function (this: CxlWorld, id: string, seconds: number) {
  const { timestamp } = Timestamp.decode((await this.send(id, OPCODE.getTimestamp, new Uint8Array())).output);
  expect({ seconds: Number(timestamp / NANOSECONDS) }).toEqual({ seconds });
});
