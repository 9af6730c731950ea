import { DecodeError } from '../../src/codec/decode-error';
import { hex } from '../../src/codec/range';
import type { RegisterDump, Registers, Width } from '../../src/machine/registers';
import { type LocatedRegister, locateRegister, wordAt } from '../../src/named-registers/structures';

const WHOLE = 4;

/** The registers of one function or host bridge, by their names behind those of their structures. */
export class NamedRegisters {
  readonly #held = new Map<string, bigint>();

  constructor(
    private readonly of: string,
    readonly registers: Registers,
    /** Before the scenario did anything to them. */
    private readonly first: RegisterDump,
  ) {}

  dump(): Promise<RegisterDump> {
    return this.registers.dump();
  }

  /** `width` bytes from the start of the register, in accesses of `each`. */
  async read(name: string, width: Width = WHOLE, each: Width = width): Promise<bigint> {
    const { block, offset } = this.#locate(name);
    let value = 0n;
    for (let at = 0; at < width; at += each) {
      value |= (await this.registers.read(block, offset + at, each)) << BigInt(8 * at);
    }
    return value;
  }

  /** Keeps what the register held for {@link before}. */
  async write(name: string, value: bigint, width: Width = WHOLE): Promise<void> {
    const { block, offset } = this.#locate(name);
    this.#held.set(name, await this.registers.read(block, offset, WHOLE));
    await this.registers.write(block, offset, width, value);
  }

  /** Of `ones`, `zeros`, a number, or a field: its bits are ones, and all others zeros. */
  async valueOf(name: string, text: string, width: Width = WHOLE): Promise<bigint> {
    if (text === 'ones') return 2n ** BigInt(8 * width) - 1n;
    if (text === 'zeros') return 0n;
    if (text.startsWith('0x')) return BigInt(text);
    const found = (await this.#fields(name)).fields.find((each) => each.name === text);
    if (!found) throw new Error(`${name} has no field ${text}`);
    return BigInt(found.mask);
  }

  /** What a register held before it was written to, or before anything was. */
  before(name: string): bigint {
    const { block, offset } = this.#locate(name);
    return this.#held.get(name) ?? BigInt(wordAt(this.first.blocks[block] as Uint8Array, offset));
  }

  /** A value of the register by its fields; as a whole where they are unknown. */
  decoded(name: string, value: bigint): Readonly<Record<string, unknown>> {
    const { register } = this.#locate(name);
    const whole = `${name} of ${this.of}`;
    if (!register.register) return { [whole]: hex(value) };
    const { fields } = register.register;
    const raw = Number(value);
    const shift = (mask: number) => 31 - Math.clz32(mask & -mask);
    const byField = fields.map((field) => [field.name, hex((raw & field.mask) >>> shift(field.mask))]);
    const reserved = fields.reduce((rest, { mask }) => rest & ~mask, raw) >>> 0;
    return { [whole]: { ...Object.fromEntries(byField), reserved: hex(reserved) } };
  }

  /** The names of the fields that are not zero; `reserved` if any other bit is set. */
  async set(name: string): Promise<string[]> {
    const { fields, raw } = await this.#fields(name);
    const set = fields.filter(({ mask }) => (raw & mask) !== 0).map((field) => field.name);
    const reserved = fields.reduce((rest, { mask }) => rest & ~mask, raw);
    return reserved ? [...set, 'reserved'] : set;
  }

  /** The names of all its fields. */
  async fieldsOf(name: string): Promise<string[]> {
    return (await this.#fields(name)).fields.map((field) => field.name);
  }

  async #fields(name: string) {
    const { register } = this.#locate(name);
    if (!register.register) throw new Error(`the fields of ${name} are unknown`);
    return { fields: register.register.fields, raw: Number(await this.read(name)) };
  }

  #locate(name: string): LocatedRegister {
    const found = locateRegister(this.first, name);
    if (!found) throw new DecodeError(this.of, `has no register ${name}`);
    return found;
  }
}
