import { Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { hex } from '../src/codec/range';
import { NotApplicable } from '../src/ledger/verdict';
import type { BlockName, Width } from '../src/machine/registers';
import { overlaps, structuresIn } from '../src/named-registers/structures';
import { expectNone, expectSome } from './support/assertions';
import { dvsecsOf, lengthsOf, reservedBits, showIdentity, writableGaps } from './support/registers';
import type { CxlWorld } from './support/world';

const ALL_BITS = 0xffff_ffffn;

/** Of registers that have more than 32 bits. */
const WIDE = 8;

Then('{id} is {identity} of class {word}', async function (this: CxlWorld, id: string, identity: string, code: string) {
  const found = showIdentity(await (await this.registers(id)).dump());
  expect({ [id]: found }).toEqual({ [id]: { identity, class: code } });
});

Then('{id} has the DVSECs {names}', async function (this: CxlWorld, id: string, names: string[]) {
  const dvsecs = dvsecsOf(await (await this.registers(id)).dump());
  const expected = names.map((name) => `${name} DVSEC`);
  expect({ [`DVSECs of ${id}`]: dvsecs.map(({ name }) => name) }).toEqual({ [`DVSECs of ${id}`]: expected });
});

Then('the DVSECs of {id} are as long as their revisions ask for', async function (this: CxlWorld, id: string) {
  const lengths = lengthsOf(await (await this.registers(id)).dump());
  const what = `DVSEC lengths of ${id}`;
  expect({ [what]: lengths.map(({ name, length }) => ({ name, length })) }).toEqual({
    [what]: lengths.map(({ name, wanted }) => ({ name, length: wanted })),
  });
});

Given('{id} has the capability {word}', async function (this: CxlWorld, id: string, name: string) {
  const { configuration = new Uint8Array() } = (await (await this.registers(id)).dump()).blocks;
  const has = structuresIn.configuration(configuration).some((structure) => structure.name === name);
  if (!has) throw new NotApplicable(`${id} has no capability ${name}`);
});

Then('no two capabilities of {id} overlap', async function (this: CxlWorld, id: string) {
  const blocks = Object.entries((await (await this.registers(id)).dump()).blocks) as [BlockName, Uint8Array][];
  const found = blocks.map(([block, bytes]) => structuresIn[block](bytes));
  expectSome(
    `capabilities of ${id}`,
    found.flatMap((structures) => structures.slice(1)),
  );
  expectNone(`capabilities of ${id} that overlap`, found.flatMap(overlaps));
});

Then('what no capability of {id} has stays zero', async function (this: CxlWorld, id: string) {
  const writable = await writableGaps((await this.registers(id)).registers);
  expectNone(`writable offsets of ${id} that are in no capability`, writable);
});

Then('{id} has the component capabilities {names}', async function (this: CxlWorld, id: string, names: string[]) {
  const found = await capabilitiesOf(this, id);
  expect({ [`component capabilities of ${id}`]: found }).toEqual({ [`component capabilities of ${id}`]: names });
});

Then(
  '{id} has the component capabilities {names}, and a {names} at most besides',
  async function (this: CxlWorld, id: string, names: string[], [optional]: string[]) {
    const found = (await capabilitiesOf(this, id)).filter((name) => name !== optional);
    expect({ [`component capabilities of ${id}`]: found }).toEqual({ [`component capabilities of ${id}`]: names });
  },
);

Given('ones have been written to {register} of {id}', writeOnes);

When('ones are written to {register} of {id}', writeOnes);

Given('zeros have been written to {register} of {id}', writeZeros);

When('zeros are written to {register} of {id}', writeZeros);

When(
  'ones are written to the first {int} byte(s) of {register} of {id}',
  async function (this: CxlWorld, width: Width, register: string, id: string) {
    await (await this.registers(id)).write(register, 2n ** BigInt(8 * width) - 1n, width);
  },
);

Then('{register} of {id} is as it was', async function (this: CxlWorld, register: string, id: string) {
  const registers = await this.registers(id);
  const [before, now] = [registers.before(register), await registers.read(register)];
  expect(registers.decoded(register, now)).toEqual(registers.decoded(register, before));
});

Then('{register} of {id} has all its bits set', async function (this: CxlWorld, register: string, id: string) {
  const registers = await this.registers(id);
  expectFields(register, id, await registers.set(register), await registers.fieldsOf(register));
});

Then('{register} of {id} has no bit set', async function (this: CxlWorld, register: string, id: string) {
  expectFields(register, id, await (await this.registers(id)).set(register), []);
});

Then(
  '{register} of {id} tells of {ids}',
  async function (this: CxlWorld, register: string, id: string, fields: string[]) {
    const set = await (await this.registers(id)).set(register);
    expectFields(register, id, set, expect.arrayContaining(fields));
  },
);

Then(
  '{register} of {id} tells of {ids}, and of nothing else',
  async function (this: CxlWorld, register: string, id: string, fields: string[]) {
    expectFields(register, id, await (await this.registers(id)).set(register), fields);
  },
);

When(
  '{id} is written to {register} of {id}',
  async function (this: CxlWorld, field: string, register: string, id: string) {
    await (await this.registers(id)).writeField(register, field);
  },
);

Then('no reserved bit of a DVSEC of {id} is set', async function (this: CxlWorld, id: string) {
  const dump = await (await this.registers(id)).dump();
  expectSome(`DVSECs of ${id}`, dvsecsOf(dump));
  expectNone(`reserved bits of ${id}`, reservedBits(dump));
});

Then(
  '{register} of {id} reads the same in parts of {int} byte(s)',
  async function (this: CxlWorld, register: string, id: string, width: Width) {
    const registers = await this.registers(id);
    const whole = await registers.read(register, WIDE);
    const what = `${register} of ${id}`;
    expect({ [what]: hex(await registers.read(register, WIDE, width)) }).toEqual({ [what]: hex(whole) });
  },
);

/** Which fields are set. */
function expectFields(register: string, id: string, set: readonly string[], expected: unknown): void {
  const what = `fields of ${register} of ${id} that are set`;
  expect({ [what]: set }).toEqual({ [what]: expected });
}

async function writeOnes(this: CxlWorld, register: string, id: string) {
  await (await this.registers(id)).write(register, ALL_BITS);
}

async function writeZeros(this: CxlWorld, register: string, id: string) {
  await (await this.registers(id)).write(register, 0n);
}

async function capabilitiesOf(world: CxlWorld, id: string): Promise<string[]> {
  const { component = new Uint8Array() } = (await (await world.registers(id)).dump()).blocks;
  return structuresIn
    .component(component)
    .slice(1)
    .map(({ name }) => name)
    .filter((name) => name !== 'Null');
}

Then('{id} answers a request for entry {int} of its CDAT', async function (this: CxlWorld, id: string, entry: number) {
  expect(await askedFor(this, id, entry)).toEqual({ [`entry ${entry} of the CDAT of ${id}`]: 'answered' });
});

Then('{id} answers no request for entry {int} of its CDAT', async function (this: CxlWorld, id: string, entry: number) {
  expect(await askedFor(this, id, entry)).toEqual({ [`entry ${entry} of the CDAT of ${id}`]: 'not answered' });
});

async function askedFor(world: CxlWorld, id: string, entry: number): Promise<Record<string, string>> {
  const answer = await (await world.registers(id)).registers.cdatEntry(entry);
  return { [`entry ${entry} of the CDAT of ${id}`]: answer ? 'answered' : 'not answered' };
}
