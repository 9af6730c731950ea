import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { OPCODE } from '../src/codec/cxl/mailbox/command';
import {
  decodePoisonList,
  encodeClearPoison,
  encodePoisonRange,
  type MediaError,
  PoisonAddress,
} from '../src/codec/cxl/mailbox/poison';
import { DecodeError } from '../src/codec/decode-error';
import { type Range, showRange } from '../src/codec/range';
import { ask } from './support/ask';
import { expectNone } from './support/assertions';
import { range } from './support/parameter-types';
import type { CxlWorld } from './support/world';

/** Of poison, in bytes. */
const LINE = 64;

Given('poison has been injected at DPA {bytes} of {id}', injectAt);

When('poison is injected at DPA {bytes} of {id}', injectAt);

Given('{int} lines of {id} have been poisoned', poisonLines);

When('{int} lines of {id} are poisoned', poisonLines);

Given('QMP has poisoned {int} lines of {id}', async function (this: CxlWorld, count: number, id: string) {
  const operator = await this.operator();
  for (let n = 0; n < count; n++) {
    await operator.command(id, 'cxl-inject-poison', { start: lineAt(n), length: LINE });
  }
});

When('poison is cleared at DPA {bytes} of {id}', async function (this: CxlWorld, dpa: bigint, id: string) {
  const data = this.newData(LINE);
  this.stored.push({ region: undefined, data });
  await this.send(id, OPCODE.clearPoison, encodeClearPoison(dpa, data));
});

When('{id} is asked for the poison of {range}', async function (this: CxlWorld, id: string, part: Range) {
  await this.send(id, OPCODE.getPoisonList, encodePoisonRange(part));
});

Then('{id} has this poison in {range}:', async function (this: CxlWorld, id: string, part: Range, table: DataTable) {
  const found = (await poisonOf(this, id, part)).errors.map(showError);
  expect({ [`poison of ${id}`]: found }).toEqual({ [`poison of ${id}`]: table.hashes().map(shown) });
});

Then('{id} has no poison in {range}', async function (this: CxlWorld, id: string, part: Range) {
  expectNone(`poison of ${id}`, (await poisonOf(this, id, part)).errors.map(showError));
});

Then('{id} has {int} poisoned lines in {range}', async function (this: CxlWorld, id, count: number, part: Range) {
  const bases = (await poisonOf(this, id, part)).errors.map(({ dpa }) => dpa.base);
  expect({ 'poisoned lines': new Set(bases).size }).toEqual({ 'poisoned lines': count });
});

Then('{id} has had more poison than it can list', async function (this: CxlWorld, id: string) {
  const { overflow } = await poisonOf(this, id, { base: 0n, size: BigInt(LINE) });
  const what = 'Poison List Overflow';
  expect({ [what]: overflow ? 'set' : 'clear' }).toEqual({ [what]: 'set' });
});

Then('{id} says that its media are being scanned', async function (this: CxlWorld, id: string) {
  const range = encodePoisonRange({ base: 0n, size: BigInt(LINE) });
  const output = await ask(this, id, OPCODE.getPoisonList, range);
  const { more, overflow, scanning } = DecodeError.of(id, () => decodePoisonList(output));
  const set = Object.entries({
    'More Media Error Records': more,
    'Poison List Overflow': overflow,
    'Scan Media in Progress': scanning,
  });
  const flags = set.filter(([, is]) => is).map(([name]) => name);
  expect({ 'flags of Get Poison List': flags }).toEqual({ 'flags of Get Poison List': ['Scan Media in Progress'] });
});

/** Every other line, so that none of them can be taken for one with the next. */
const lineAt = (n: number): bigint => BigInt(2 * LINE * n);

async function injectAt(this: CxlWorld, dpa: bigint, id: string) {
  await this.send(id, OPCODE.injectPoison, PoisonAddress.encode({ address: dpa }));
}

async function poisonLines(this: CxlWorld, count: number, id: string) {
  for (let n = 0; n < count; n++) await injectAt.call(this, lineAt(n), id);
}

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
