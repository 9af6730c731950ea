import { Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { commandNamed } from '../src/codec/cxl/mailbox/command';
import { returnCodeNamed } from '../src/codec/cxl/mailbox/return-code';
import { hex } from '../src/codec/range';
import type { BackgroundState, MailboxRegister } from '../src/machine/memory-device';
import { expectData } from './support/assertions';
import type { CxlWorld } from './support/world';

When('{int} seconds pass', elapse);

Given('{int} seconds have passed', elapse);

async function elapse(this: CxlWorld, seconds: number) {
  await (await this.operator()).elapse(seconds);
}

Then(
  '{id} runs {command} in the background, {int} % of it done',
  async function (this: CxlWorld, id: string, opcode: number, percentage: number) {
    const what = `background operation of ${id}`;
    const state = showBackground(await (await this.device(id)).background());
    expect({ [what]: state }).toEqual({ [what]: showBackground({ running: true, opcode, percentage }) });
  },
);

Then('{id} runs nothing in the background', async function (this: CxlWorld, id: string) {
  const { running } = await (await this.device(id)).background();
  const what = `background operation of ${id}`;
  expect({ [what]: running ? 'running' : 'none' }).toEqual({ [what]: 'none' });
});

Then(
  '{id} has run {command} in the background: {answer}',
  async function (this: CxlWorld, id: string, opcode: number, answer: string) {
    const { running, opcode: last, code } = await (await this.device(id)).background();
    const found = { running, command: commandNamed(last), 'return code': returnCodeNamed(code) };
    const expected = { running: false, command: commandNamed(opcode), 'return code': answer };
    expect({ 'background operation': found }).toEqual({ 'background operation': expected });
  },
);

Then('the media of {id} are {media}', async function (this: CxlWorld, id: string, media: string) {
  const what = `Media Status of ${id}`;
  expect({ [what]: await (await this.device(id)).mediaStatus() }).toEqual({ [what]: media });
});

When(
  '{mailboxRegister} of {id} is written {bytes}, {int} bits at once',
  async function (this: CxlWorld, register: MailboxRegister, id: string, value: bigint, bits: number) {
    await (await this.device(id)).writeMailbox(register, Number(value), bits as 8 | 16 | 32 | 64);
  },
);

Then(
  '{mailboxRegister} of {id} is {bytes}',
  async function (this: CxlWorld, register: MailboxRegister, id: string, value: bigint) {
    const found = await (await this.device(id)).readMailbox(register);
    const what = `Mailbox ${register} of ${id}`;
    expect({ [what]: hex(found) }).toEqual({ [what]: hex(value) });
  },
);

Then('the addresses of {region} do not yield the data', async function (this: CxlWorld, region: number) {
  const name = this.regionNames.at(region);
  const found = (await (await this.host()).regions()).find((each) => each.name === name);
  const data = this.dataOf(name);
  const held = await (await this.operator()).readMemory(found?.base ?? 0n, data.length);
  const yields = Buffer.compare(held, data) === 0 ? 'yield the data' : 'yield something else';
  const what = 'addresses of the region';
  expect({ [what]: yields }).toEqual({ [what]: 'yield something else' });
});

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
