import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { returnCodeNamed } from '../src/codec/cxl/mailbox/return-code';
import { showBytes } from '../src/report/show-value';
import { decodeOutput, encodeInput, expectedOutput } from './support/payload';
import { lastTunnelled, tunnel } from './support/tunnel';
import type { CxlWorld } from './support/world';

When(
  '{id} is sent {command}, again and again for a second, with:',
  async function (this: CxlWorld, id: string, opcode: number, table: DataTable) {
    await this.devices.sendUntilTaken(id, opcode, encodeInput(opcode, table.hashes()));
  },
);

When('{id} tunnels {command} to port {int}', async function (this: CxlWorld, id: string, opcode: number, port: number) {
  await tunnel(this, id, port, opcode, new Uint8Array());
});

When(
  '{id} tunnels {command} to port {int} with {int} byte(s) of input',
  async function (this: CxlWorld, id: string, opcode: number, port: number, length: number) {
    await tunnel(this, id, port, opcode, new Uint8Array(length));
  },
);

When(
  '{id} tunnels {command} to port {int} with:',
  async function (this: CxlWorld, id: string, opcode: number, port: number, table: DataTable) {
    await tunnel(this, id, port, opcode, encodeInput(opcode, table.hashes()));
  },
);

Given(
  '{id} has tunnelled {command} to port {int} with:',
  async function (this: CxlWorld, id: string, opcode: number, port: number, table: DataTable) {
    const { code } = await tunnel(this, id, port, opcode, encodeInput(opcode, table.hashes()));
    const what = `${id}, port ${port}`;
    expect({ [what]: returnCodeNamed(code) }).toEqual({ [what]: 'Success' });
  },
);

Then(
  'the device at port {int} of {id} answers {answer}',
  function (this: CxlWorld, port: number, id: string, answer: string) {
    const { code } = lastTunnelled(this).answer;
    expect({ [`${id}, port ${port}`]: returnCodeNamed(code) }).toEqual({ [`${id}, port ${port}`]: answer });
  },
);

Then('the device at port {int} of {id} answers with no output', function (this: CxlWorld, port: number, id: string) {
  const what = `output of the device at port ${port} of ${id}`;
  expect({ [what]: showBytes(lastTunnelled(this).answer.output) }).toEqual({ [what]: 'no bytes' });
});

Then(
  'the device at port {int} of {id} answers with:',
  function (this: CxlWorld, port: number, id: string, table: DataTable) {
    const { opcode, answer } = lastTunnelled(this);
    expect({ [`${id}, port ${port}`]: returnCodeNamed(answer.code) }).toEqual({ [`${id}, port ${port}`]: 'Success' });
    const rows = table.hashes();
    expect({ output: decodeOutput(opcode, answer.output, rows) }).toEqual({ output: expectedOutput(opcode, rows) });
  },
);
