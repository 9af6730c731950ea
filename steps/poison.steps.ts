/** Poison, and the poison list. */
import { type DataTable, Given, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { OPCODE } from '../src/codec/cxl/mailbox/command';
import { decodePoisonList, encodePoisonRange, type MediaError, PoisonAddress } from '../src/codec/cxl/mailbox/poison';
import { DecodeError } from '../src/codec/decode-error';
import { type Range, showRange } from '../src/codec/range';
import { ask } from './support/ask';
import { expectNone } from './support/assertions';
import { range } from './support/parameter-types';
import type { CxlWorld } from './support/world';

/** Of poison, in bytes. */
const LINE = 64;

/** By the mailbox or by QMP's cxl-inject-poison: every other line of 64 bytes, from DPA 0 on. */
Given(
  '{int} lines of {id} were poisoned by {poisoner}',
  async function (this: CxlWorld, count: number, id: string, by: string) {
    const operator = await this.operator();
    for (let n = 0; n < count; n++) {
      const address = BigInt(2 * LINE * n);
      if (by === 'QMP') await operator.command(id, 'cxl-inject-poison', { start: address, length: LINE });
      else await this.send(id, OPCODE.injectPoison, PoisonAddress.encode({ address }));
    }
  },
);

/** All records of Get Poison List for the range, in this order; it is sent again while there are more. */
Then('{id} has this poison in {range}:', async function (this: CxlWorld, id: string, part: Range, table: DataTable) {
  const found = (await poisonOf(this, id, part)).errors.map(showError);
  expect({ [`poison of ${id}`]: found }).toEqual({ [`poison of ${id}`]: table.hashes().map(shown) });
});

/** By the different addresses in the records of Get Poison List. */
Then('{id} has {lines} in {range}', async function (this: CxlWorld, id: string, count: number, part: Range) {
  const { errors } = await poisonOf(this, id, part);
  if (count === 0) return expectNone(`poison of ${id}`, errors.map(showError));
  const found = new Set(errors.map(({ dpa }) => dpa.base)).size;
  return expect({ 'poisoned lines': found }).toEqual({ 'poisoned lines': count });
});

/** All of it, asked for again as long as there is more, but not for ever. */
async function poisonOf(world: CxlWorld, id: string, part: Range) {
  const errors: MediaError[] = [];
  for (let asked = 0; asked < 16; asked++) {
    const output = await ask(world, id, OPCODE.getPoisonList, encodePoisonRange(part));
    const list = DecodeError.of(id, () => decodePoisonList(output));
    errors.push(...list.errors);
    if (!list.more) return { errors, overflow: list.overflow };
  }
  throw new Error('there is always more poison');
}

const showError = ({ dpa, source }: MediaError) => ({ DPA: showRange(dpa), source });

const shown = (row: Readonly<Record<string, string>>) => ({ ...row, DPA: showRange(range(row.DPA)) });
