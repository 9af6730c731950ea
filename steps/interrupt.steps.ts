import { Given, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { E820_TYPE } from '../src/codec/acpi/e820';
import { NotApplicable } from '../src/ledger/verdict';
import { expectNone } from './support/assertions';
import type { CxlWorld } from './support/world';

/** From the start of RAM, where firmware puts nothing. */
const MESSAGES = 0x400_0000n;

Given('MSI-X of {id} has been enabled', async function (this: CxlWorld, id: string) {
  this.vectors = await (await this.registers(id)).registers.enableMsix(await messages(this));
});

Given(
  '{id} has been told to interrupt when a background operation is over',
  async function (this: CxlWorld, id: string) {
    const vector = await (await this.device(id)).interruptAfterBackground();
    if (vector === undefined) throw new NotApplicable(`${id} has no interrupt for background operations`);
  },
);

Then('{id} has interrupted by the vector of its mailbox, and by no other', async function (this: CxlWorld, id: string) {
  const vector = await (await this.device(id)).mailboxVector();
  expect({ 'vectors that have interrupted': await interrupted(this) }).toEqual({
    'vectors that have interrupted': [vector],
  });
});

Then('{id} has interrupted by no vector', async function (this: CxlWorld, _id: string) {
  expectNone('vectors that have interrupted', await interrupted(this));
});

/** The vectors that have left their words. */
async function interrupted(world: CxlWorld): Promise<number[]> {
  const hardware = await world.hardware();
  const vectors = Array.from({ length: world.vectors }, (_, vector) => vector);
  const base = await messages(world);
  const words = await hardware.readWords(vectors.map((vector) => base + BigInt(4 * vector)));
  return vectors.filter((vector) => words[vector] !== 0);
}

/** Where vectors leave their words. */
async function messages(world: CxlWorld): Promise<bigint> {
  const map = await (await world.host()).memoryMap();
  const ram = map.filter(({ type }) => type === E820_TYPE.RAM).sort((a, b) => (a.base < b.base ? -1 : 1));
  return (ram[0]?.base ?? 0n) + MESSAGES;
}
