import { Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { commandNamed, returnCodeNamed } from '../src/codec/cxl/mailbox/command';
import type { MailboxRegister } from '../src/machine/memory-device';
import type { CxlWorld } from './support/world';

When('{int} seconds pass', elapse);

Given('{int} seconds have passed', elapse);

async function elapse(this: CxlWorld, seconds: number) {
  await (await this.operator()).elapse(seconds);
}

Then(
  '{id} runs {command} in the background, {int} % of it done',
  async function (this: CxlWorld, id: string, opcode: number, percentage: number) {
    const state = await (await this.device(id)).background();
    expect({ ...state, code: undefined }).toEqual({ running: true, opcode, percentage, code: undefined });
  },
);

Then('{id} runs nothing in the background', async function (this: CxlWorld, id: string) {
  const { running } = await (await this.device(id)).background();
  expect({ running }).toEqual({ running: false });
});

Then(
  '{id} has run {command} in the background: {answer}',
  async function (this: CxlWorld, id: string, opcode: number, answer: string) {
    const { running, opcode: last, code } = await (await this.device(id)).background();
    expect({ running, last: commandNamed(last), code: returnCodeNamed(code) }).toEqual({
      ...{ running: false, last: commandNamed(opcode), code: answer },
    });
  },
);

Then('the media of {id} are {media}', async function (this: CxlWorld, id: string, media: string) {
  expect({ media: await (await this.device(id)).mediaStatus() }).toEqual({ media });
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
    expect({ [register]: `0x${found.toString(16)}` }).toEqual({ [register]: `0x${value.toString(16)}` });
  },
);

Then('the addresses of {region} do not yield the data', async function (this: CxlWorld, region: number) {
  const name = this.regionNames.at(region);
  const found = (await (await this.host()).regions()).find((each) => each.name === name);
  const data = this.dataOf(name);
  const held = await (await this.operator()).readMemory(found?.base ?? 0n, data.length);
  expect({ yields: Buffer.compare(held, data) === 0 }).toEqual({ yields: false });
});

Then(
  'the media of {id} hold {int} bytes of {bytes} from DPA {bytes}',
  async function (this: CxlWorld, id: string, length: number, value: bigint, dpa: bigint) {
    const held = await (await this.operator()).readMedia(id, dpa, length);
    const media = Buffer.alloc(length, Number(value)).toString('hex');
    expect({ media: Buffer.from(held).toString('hex') }).toEqual({ media });
  },
);
