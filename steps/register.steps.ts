import { Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { overlaps, structuresIn } from '../src/compare/structures';
import { NotApplicable } from '../src/ledger/verdict';
import type { BlockName, Width } from '../src/machine/registers';
import { dvsecsOf, lengthsOf, reservedBits, showIdentity, writableGaps } from './support/registers';
import type { CxlWorld } from './support/world';

const ALL_BITS = 0xffff_ffffn;

/** Of registers that have more than 32 bits. */
const WIDE = 8;

Then('{id} is {identity} of class {word}', async function (this: CxlWorld, id: string, identity: string, code: string) {
  expect(showIdentity(await (await this.registers(id)).dump())).toEqual({ identity, class: code });
});

Then('{id} has the DVSECs {names}', async function (this: CxlWorld, id: string, names: string[]) {
  const dvsecs = dvsecsOf(await (await this.registers(id)).dump());
  expect(dvsecs.map(({ name }) => name)).toEqual(names.map((name) => `${name} DVSEC`));
});

Then('the DVSECs of {id} are as long as their revisions ask for', async function (this: CxlWorld, id: string) {
  const lengths = lengthsOf(await (await this.registers(id)).dump());
  expect(lengths.map(({ name, length }) => `${name}: ${length}`)).toEqual(
    lengths.map(({ name, wanted }) => `${name}: ${wanted}`),
  );
});

Given('{id} has the capability {word}', async function (this: CxlWorld, id: string, name: string) {
  const { configuration = new Uint8Array() } = (await (await this.registers(id)).dump()).blocks;
  const has = structuresIn.configuration(configuration).some((structure) => structure.name === name);
  if (!has) throw new NotApplicable(`${id} has no capability ${name}`);
});

Then('no two capabilities of {id} overlap', async function (this: CxlWorld, id: string) {
  const blocks = Object.entries((await (await this.registers(id)).dump()).blocks) as [BlockName, Uint8Array][];
  const found = blocks.map(([block, bytes]) => structuresIn[block](bytes));
  expect(found.flatMap((structures) => structures.slice(1))).not.toEqual([]);
  expect(found.flatMap(overlaps)).toEqual([]);
});

Then('what no capability of {id} has stays zero', async function (this: CxlWorld, id: string) {
  expect({ writable: await writableGaps((await this.registers(id)).registers) }).toEqual({ writable: [] });
});

Then('{id} has the component capabilities {names}', async function (this: CxlWorld, id: string, names: string[]) {
  expect(await capabilitiesOf(this, id)).toEqual(names);
});

Then(
  '{id} has the component capabilities {names}, and a {names} at most besides',
  async function (this: CxlWorld, id: string, names: string[], [optional]: string[]) {
    expect((await capabilitiesOf(this, id)).filter((name) => name !== optional)).toEqual(names);
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
  expect({ [register]: await registers.read(register) }).toEqual({ [register]: registers.before(register) });
});

Then('{register} of {id} has all its bits set', async function (this: CxlWorld, register: string, id: string) {
  const registers = await this.registers(id);
  expect({ [register]: await registers.set(register) }).toEqual({ [register]: await registers.fieldsOf(register) });
});

Then('{register} of {id} has no bit set', async function (this: CxlWorld, register: string, id: string) {
  expect({ [register]: await (await this.registers(id)).set(register) }).toEqual({ [register]: [] });
});

Then(
  '{register} of {id} tells of {ids}',
  async function (this: CxlWorld, register: string, id: string, fields: string[]) {
    const set = await (await this.registers(id)).set(register);
    expect({ [register]: set }).toEqual({ [register]: expect.arrayContaining(fields) });
  },
);

Then(
  '{register} of {id} tells of {ids}, and of nothing else',
  async function (this: CxlWorld, register: string, id: string, fields: string[]) {
    expect({ [register]: await (await this.registers(id)).set(register) }).toEqual({ [register]: fields });
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
  expect(dvsecsOf(dump)).not.toEqual([]);
  expect(reservedBits(dump)).toEqual([]);
});

Then(
  '{register} of {id} reads the same in parts of {int} byte(s)',
  async function (this: CxlWorld, register: string, id: string, width: Width) {
    const registers = await this.registers(id);
    const whole = await registers.read(register, WIDE);
    expect({ [register]: await registers.read(register, WIDE, width) }).toEqual({ [register]: whole });
  },
);

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
  expect(await askedFor(this, id, entry)).toEqual({ [`entry ${entry} is`]: 'answered' });
});

Then('{id} answers no request for entry {int} of its CDAT', async function (this: CxlWorld, id: string, entry: number) {
  expect(await askedFor(this, id, entry)).toEqual({ [`entry ${entry} is`]: 'not answered' });
});

async function askedFor(world: CxlWorld, id: string, entry: number): Promise<Record<string, string>> {
  const answer = await (await world.registers(id)).registers.cdatEntry(entry);
  return { [`entry ${entry} is`]: answer ? 'answered' : 'not answered' };
}
