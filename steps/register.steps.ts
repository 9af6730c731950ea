/** Registers of functions and host bridges, by name; features/device/registers.feature. */
import { Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { hex } from '../src/codec/range';
import { NotApplicable } from '../src/ledger/verdict';
import type { BlockName, Width } from '../src/machine/registers';
import { overlaps, structuresIn } from '../src/named-registers/structures';
import { resetBus, restore, savedOf } from '../src/target/resets';
import { expectNone, expectSome } from './support/assertions';
import type { Capabilities, PartOfRegister } from './support/device-types';
import { dvsecsOf, lengthsOf, reservedBits, showIdentity, writableGaps } from './support/registers';
import type { CxlWorld } from './support/world';

/** Of registers that have more than 32 bits. */
const WIDE = 8;

/** Vendor, device and class code, as configuration space has them. */
Then('{id} is {identity} of class {word}', async function (this: CxlWorld, id: string, identity: string, code: string) {
  const found = showIdentity(await (await this.registers(id)).dump());
  expect({ [id]: found }).toEqual({ [id]: { identity, class: code } });
});

/** In this order, and no other DVSEC of CXL. */
Then('{id} has the DVSECs {names}', async function (this: CxlWorld, id: string, names: string[]) {
  const dvsecs = dvsecsOf(await (await this.registers(id)).dump());
  const expected = names.map((name) => `${name} DVSEC`);
  expect({ [`DVSECs of ${id}`]: dvsecs.map(({ name }) => name) }).toEqual({ [`DVSECs of ${id}`]: expected });
});

/** As CXL 2.0 or 3.1 has it; a revision that is not known is left out. */
Then('the DVSECs of {id} have the lengths of their revisions', async function (this: CxlWorld, id: string) {
  const lengths = lengthsOf(await (await this.registers(id)).dump());
  const what = `DVSEC lengths of ${id}`;
  expect({ [what]: lengths.map(({ name, length }) => ({ name, length })) }).toEqual({
    [what]: lengths.map(({ name, wanted }) => ({ name, length: wanted })),
  });
});

/** In its configuration space; not applicable if it has not. */
Given('{id} has the capability {word}', async function (this: CxlWorld, id: string, name: string) {
  const { configuration = new Uint8Array() } = (await (await this.registers(id)).dump()).blocks;
  const has = structuresIn.configuration(configuration).some((structure) => structure.name === name);
  if (!has) throw new NotApplicable(`${id} has no capability ${name}`);
});

/** In configuration space, component registers, device registers. */
Then('no two capabilities of {id} overlap', async function (this: CxlWorld, id: string) {
  const blocks = Object.entries((await (await this.registers(id)).dump()).blocks) as [BlockName, Uint8Array][];
  const found = blocks.map(([block, bytes]) => structuresIn[block](bytes));
  expectSome(
    `capabilities of ${id}`,
    found.flatMap((structures) => structures.slice(1)),
  );
  expectNone(`capabilities of ${id} that overlap`, found.flatMap(overlaps));
});

/** Of its configuration space behind the header: they read as zero after ones were written. */
Then('the bytes of {id} that belong to no capability stay zero', async function (this: CxlWorld, id: string) {
  const writable = await writableGaps((await this.registers(id)).registers);
  expectNone(`writable offsets of ${id} that are in no capability`, writable);
});

/** In the array that its component registers begin with, in this order; `optionally` names one that may be there or not. */
Then(
  '{id} has the component capabilities {capabilities}',
  async function (this: CxlWorld, id: string, expected: Capabilities) {
    const found = (await capabilitiesOf(this, id)).filter((name) => name !== expected.optional);
    const what = `component capabilities of ${id}`;
    expect({ [what]: found }).toEqual({ [what]: expected.names });
  },
);

/** In one access of 4 bytes, or of the first 1, 2 or 8: `ones`, `zeros`, `0x6`, or ones to the field that is named and zeros to the others. */
When(
  '{value} is/are/was/were written to {part} of {id}',
  async function (this: CxlWorld, value: string, { register, width }: PartOfRegister, id: string) {
    const registers = await this.registers(id);
    await registers.write(register, await registers.valueOf(register, value, width), width);
  },
);

/** By Secondary Bus Reset of the port above; software saves and restores BARs and Command. */
When('{id} is/was reset by {id}', async function (this: CxlWorld, id: string, port: string) {
  const [{ registers }, above] = [await this.registers(id), await this.registers(port)];
  const saved = await savedOf(registers);
  await resetBus(above.registers);
  await restore(registers, saved);
});

/** Fields that are zero, by the names of `src/codec`: `functionReset`, or several. */
Then(
  '{register} of {id} has {bits} clear',
  async function (this: CxlWorld, register: string, id: string, bits: string) {
    const registers = await this.registers(id);
    const what = `fields of ${register} of ${id} that are not clear`;
    const wanted = bits.split(', ');
    for (const name of wanted) await registers.valueOf(register, name);
    const found = (await registers.set(register)).filter((name) => wanted.includes(name));
    expect({ [what]: found }).toEqual({ [what]: [] });
  },
);

/** `0x6`, all 32 bits of it; or `unchanged` from what it was before the last write to it, or when the scenario first read it. */
Then('{register} of {id} is {held}', async function (this: CxlWorld, register: string, id: string, held: string) {
  const registers = await this.registers(id);
  const found = await registers.read(register);
  const what = `${register} of ${id}`;
  if (held !== 'unchanged') return expect({ [what]: hex(found) }).toEqual({ [what]: hex(BigInt(held)) });
  return expect(registers.decoded(register, found)).toEqual(registers.decoded(register, registers.before(register)));
});

/** Fields that are not zero, by the names of `src/codec`: `speed, width`, and maybe others; `only internal`; `all bits` of its fields; `no bit`. */
Then('{register} of {id} has {bits} set', async function (this: CxlWorld, register: string, id: string, bits: string) {
  const registers = await this.registers(id);
  const what = `fields of ${register} of ${id} that are set`;
  const expected = expectedFields(bits, await registers.fieldsOf(register));
  expect({ [what]: await registers.set(register) }).toEqual({ [what]: expected });
});

/** Of registers whose fields are known. */
Then('no reserved bit of a DVSEC of {id} is set', async function (this: CxlWorld, id: string) {
  const dump = await (await this.registers(id)).dump();
  expectSome(`DVSECs of ${id}`, dvsecsOf(dump));
  expectNone(`reserved bits of ${id}`, reservedBits(dump));
});

/** Compared with one access of all its 8 bytes. */
Then(
  '{register} of {id} reads the same in parts of {int} byte(s)',
  async function (this: CxlWorld, register: string, id: string, width: Width) {
    const registers = await this.registers(id);
    const whole = await registers.read(register, WIDE);
    const what = `${register} of ${id}`;
    expect({ [what]: hex(await registers.read(register, WIDE, width)) }).toEqual({ [what]: hex(whole) });
  },
);

/** By DOE: there is a data object for the one entry handle, and none for the other. */
Then(
  '{id} returns CDAT entry {int}, and does not answer a request for entry {int}',
  async function (this: CxlWorld, id: string, last: number, none: number) {
    const { registers } = await this.registers(id);
    const answers = async (entry: number) => ((await registers.cdatEntry(entry)) ? 'answered' : 'not answered');
    const found = { [last]: await answers(last), [none]: await answers(none) };
    const what = `entries of the CDAT of ${id}`;
    expect({ [what]: found }).toEqual({ [what]: { [last]: 'answered', [none]: 'not answered' } });
  },
);

/** What {@link NamedRegisters.set} yields. */
function expectedFields(bits: string, all: readonly string[]): unknown {
  if (bits === 'no bit') return [];
  if (bits === 'all bits') return all;
  const [, only] = /^only (.*)$/.exec(bits) ?? [];
  return only ? only.split(', ') : expect.arrayContaining(bits.split(', '));
}

async function capabilitiesOf(world: CxlWorld, id: string): Promise<string[]> {
  const { component = new Uint8Array() } = (await (await world.registers(id)).dump()).blocks;
  return structuresIn
    .component(component)
    .slice(1)
    .map(({ name }) => name)
    .filter((name) => name !== 'Null');
}
