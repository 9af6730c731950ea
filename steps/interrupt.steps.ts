/** MSI-X interrupts of a device. */
import { Given, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { E820_TYPE } from '../src/codec/acpi/e820';
import { NotApplicable } from '../src/ledger/verdict';
import type { CxlWorld } from './support/world';

/** From the start of RAM, where firmware puts nothing. */
const MESSAGES = 0x400_0000n;

/** With all its vectors. */
Given('MSI-X of {id} is enabled', async function (this: CxlWorld, id: string) {
  this.vectors = await (await this.registers(id)).registers.enableMsix(await messages(this));
});

/** Background Command Complete Interrupt Enable is set in Mailbox Control; not applicable if the mailbox has no such interrupt. */
Given('the background completion interrupt of {id} is enabled', async function (this: CxlWorld, id: string) {
  const vector = await (await this.device(id)).interruptAfterBackground();
  if (vector === undefined) throw new NotApplicable(`${id} has no interrupt for background operations`);
});

/** By MSI-X: with the vector of Mailbox Capabilities and no other, or with none. */
Then('{id} has sent {interrupts}', async function (this: CxlWorld, id: string, expected: string) {
  const vectors = expected === 'no interrupt' ? [] : [await (await this.device(id)).mailboxVector()];
  const what = 'vectors that have interrupted';
  expect({ [what]: await interrupted(this) }).toEqual({ [what]: vectors });
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
