import { Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { showCode } from './support/commands';
import type { CxlWorld } from './support/world';

When('{id} is sent {command}', async function (this: CxlWorld, id: string, opcode: number) {
  await this.send(id, opcode, new Uint8Array());
});

When(
  '{id} is sent {command} with {int} byte(s) of input',
  async function (this: CxlWorld, id: string, opcode: number, length: number) {
    await this.send(id, opcode, new Uint8Array(length));
  },
);

Then('{id} answers {answer}', function (this: CxlWorld, id: string, answer: string) {
  expect({ [id]: showCode(this.answerOf(id).code) }).toEqual({ [id]: answer });
});

Then('{id} answers with no output', function (this: CxlWorld, id: string) {
  expect({ output: [...this.answerOf(id).output] }).toEqual({ output: [] });
});
