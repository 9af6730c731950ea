/** Registers of functions and host bridges, by name; features/device/registers.feature. */
import { Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { hex } from '../src/codec/range';
import { NotApplicable } from '../src/ledger/verdict';
import type { BlockName, Width } from '../src/machine/registers';
import { overlaps, structuresIn } from '../src/named-registers/structures';
import { resetBus, restore, savedOf } from '../src/target/resets';
import { expectNone, expectSome } from './support/assertions';
import type { Bits, Capabilities, PartOfRegister, Readable } from './support/device-types';
import { expectSameInParts } from './support/effects-log';
import { type FunctionsOf, withConfiguration } from './support/functions';
import { dvsecsOf, fillGaps, gapsWithBits, lengthsOf, reservedBits, showIdentity } from './support/registers';
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
Then(
  'the DVSECs of {functions} have the lengths of their revisions',
  async function (this: CxlWorld, functionsOf: FunctionsOf) {
    const lengths = withConfiguration(await functionsOf(this)).flatMap((dump) =>
      lengthsOf(dump).map((each) => ({ ...each, dvsec: `${each.name} of ${dump.of}` })),
    );
    expect({ 'DVSEC lengths': lengths.map(({ dvsec, length }) => ({ dvsec, length })) }).toEqual({
      'DVSEC lengths': lengths.map(({ dvsec, wanted }) => ({ dvsec, length: wanted })),
    });
  },
);

/** In its configuration space; not applicable if it has not. */
Given('{id} has the capability {word}', async function (this: CxlWorld, id: string, name: string) {
  const { configuration = new Uint8Array() } = (await (await this.registers(id)).dump()).blocks;
  const has = structuresIn.configuration(configuration).some((structure) => structure.name === name);
  if (!has) throw new NotApplicable(`${id} has no capability ${name}`);
});

/** In configuration space, component registers, device registers. */
Then('no two capabilities of {functions} overlap', async function (this: CxlWorld, functionsOf: FunctionsOf) {
  for (const { of, blocks } of await functionsOf(this)) {
    const found = (Object.keys(blocks) as BlockName[]).map((name) => structuresIn[name](blocks[name] as Uint8Array));
    expectSome(
      `capabilities of ${of}`,
      found.flatMap((structures) => structures.slice(1)),
    );
    expectNone(`capabilities of ${of} that overlap`, found.flatMap(overlaps));
  }
});

/** Of its configuration space, behind the header. */
When('ones are written to the bytes of {id} that belong to no capability', async function (this: CxlWorld, id: string) {
  await fillGaps((await this.registers(id)).registers);
});

/** Likewise. */
Then('the bytes of {id} that belong to no capability are zero', async function (this: CxlWorld, id: string) {
  const offsets = gapsWithBits(await (await this.registers(id)).dump());
  expectNone(`offsets of ${id} that are in no capability and not zero`, offsets);
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

/** `0x6`, all 32 bits of it; or `unchanged` from what it was before the last write to it, or when the scenario first read it. */
Then('{register} of {id} is {held}', async function (this: CxlWorld, register: string, id: string, held: string) {
  const registers = await this.registers(id);
  const found = await registers.read(register);
  const what = `${register} of ${id}`;
  if (held !== 'unchanged') return expect({ [what]: hex(found) }).toEqual({ [what]: hex(BigInt(held)) });
  return expect(registers.decoded(register, found)).toEqual(registers.decoded(register, registers.before(register)));
});

/** By the names of fields in `src/codec`: `speed, width set`, and maybe others; `only internal set`; `all bits set`; `no bit set`; `speed, width clear`. */
Then('{register} of {id} has {bits}', async function (this: CxlWorld, register: string, id: string, bits: Bits) {
  const registers = await this.registers(id);
  const found = await registers.set(register);
  const all = await registers.fieldsOf(register);
  const what = `fields of ${register} of ${id} that are ${bits.clear ? 'not clear' : 'set'}`;
  const shown = bits.clear ? found.filter((name) => bits.names.includes(name)) : found;
  expect({ [what]: shown }).toEqual({ [what]: expectedFields(bits, all) });
});

/** Of registers whose fields are known. */
Then('no reserved bit of a DVSEC of {functions} is set', async function (this: CxlWorld, functionsOf: FunctionsOf) {
  const dumps = withConfiguration(await functionsOf(this));
  expectSome('DVSECs', dumps.flatMap(dvsecsOf));
  expectNone(
    'reserved bits',
    dumps.flatMap((dump) => reservedBits(dump).map((bit) => `${dump.of}: ${bit}`)),
  );
});

/** A register of 8 bytes, or a log by Get Log from one offset after the other: compared with all of it at once. */
Then(
  '{readable} reads the same in parts of {int} byte(s)',
  async function (this: CxlWorld, { register, id }: Readable, bytes: number) {
    if (register === undefined) return expectSameInParts(this, id, bytes);
    const registers = await this.registers(id);
    const whole = await registers.read(register, WIDE);
    const what = `${register} of ${id}`;
    expect({ [what]: hex(await registers.read(register, WIDE, bytes as Width)) }).toEqual({ [what]: hex(whole) });
  },
);

/** By DOE: the one says that no other follows, and there is no data object for the other entry handle. */
Then(
  '{id} returns CDAT entry {int} as the last, and does not answer a request for entry {int}',
  async function (this: CxlWorld, id: string, last: number, none: number) {
    const { registers } = await this.registers(id);
    const answers = async (handle: number) => {
      const entry = await registers.cdatEntry(handle);
      if (!entry) return 'not answered';
      return entry.isLast ? 'the last' : 'names another one';
    };
    const found = { [last]: await answers(last), [none]: await answers(none) };
    const what = `entries of the CDAT of ${id}`;
    expect({ [what]: found }).toEqual({ [what]: { [last]: 'the last', [none]: 'not answered' } });
  },
);

/** What {@link NamedRegisters.set} yields. */
function expectedFields({ clear, exactly, names }: Bits, all: readonly string[]): unknown {
  if (exactly === 'all') return all;
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new SyntaxError(`${unknown} is no field; fields are ${all.join(', ')}`);
  if (clear) return [];
  return exactly ? names : expect.arrayContaining([...names]);
}

async function capabilitiesOf(world: CxlWorld, id: string): Promise<string[]> {
  const { component = new Uint8Array() } = (await (await world.registers(id)).dump()).blocks;
  return structuresIn
    .component(component)
    .slice(1)
    .map(({ name }) => name)
    .filter((name) => name !== 'Null');
}
