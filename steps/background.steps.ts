import { Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { commandNamed, returnCodeNamed } from '../src/codec/cxl/mailbox/command';
import { hex } from '../src/codec/range';
import type { BackgroundState } from '../src/machine/memory-device';
import { expectData } from './support/assertions';
import type { CxlWorld } from './support/world';

/** Of the machine's clock, which stands still otherwise: the feature has the tag `@needs:clock`. */
When('{int} seconds pass/passed', async function (this: CxlWorld, seconds: number) {
  await (await this.operator()).elapse(seconds);
});

/** Background Command Status; Background Operation is set in Mailbox Status. */
Then(
  '{id} runs {command} in the background, {int} % complete',
  async function (this: CxlWorld, id: string, opcode: number, percentage: number) {
    const what = `background operation of ${id}`;
    const state = showBackground(await (await this.device(id)).background());
    expect({ [what]: state }).toEqual({ [what]: showBackground({ running: true, opcode, percentage }) });
  },
);

/** Background Operation is clear in Mailbox Status. */
Then('{id} runs nothing in the background', async function (this: CxlWorld, id: string) {
  const { running } = await (await this.device(id)).background();
  const what = `background operation of ${id}`;
  expect({ [what]: running ? 'running' : 'none' }).toEqual({ [what]: 'none' });
});

/** It has ended with this return code, in Background Command Status. */
Then(
  '{id} has run {command} in the background: {answer}',
  async function (this: CxlWorld, id: string, opcode: number, answer: string) {
    const { running, opcode: last, code } = await (await this.device(id)).background();
    const found = { running, command: commandNamed(last), 'return code': returnCodeNamed(code) };
    const expected = { running: false, command: commandNamed(opcode), 'return code': answer };
    expect({ 'background operation': found }).toEqual({ 'background operation': expected });
  },
);

/** Media Status, of the Memory Device Status register: `ready` or `disabled`. */
Then('the media of {id} are {media}', async function (this: CxlWorld, id: string, media: string) {
  const what = `Media Status of ${id}`;
  expect({ [what]: await (await this.device(id)).mediaStatus() }).toEqual({ [what]: media });
});

/** Each of these bytes has the value; read from outside the machine. */
Then(
  'the media of {id} hold {int} bytes of {bytes} from DPA {bytes}',
  async function (this: CxlWorld, id: string, length: number, value: bigint, dpa: bigint) {
    const held = await (await this.operator()).readMedia(id, dpa, length);
    expectData(`media of ${id} at DPA ${hex(dpa)}`, held, Buffer.alloc(length, Number(value)));
  },
);

function showBackground({ running, opcode, percentage }: Omit<BackgroundState, 'code'>): string {
  return `${commandNamed(opcode)}, ${percentage} % done, ${running ? 'running' : 'not running'}`;
}
