/**
 * Reads the devices of a DSDT. ACPI 6.5 Section 20: ACPI Machine Language (AML) Specification.
 *
 * Only what names devices is interpreted: Scope, Device, Name, and methods that return a constant. All else is skipped
 * by its length, so a table may hold anything whose extent is known without evaluating it.
 */
import { DecodeError } from '../decode-error';
import { hex } from '../range';
import { TableHeader } from './table';

export type AmlValue = bigint | string | Uint8Array | readonly AmlValue[];

export interface AmlDevice {
  /** `\_SB.CL0C`. */
  readonly path: string;
  /** `_HID`, `_UID`, `_BBN` and the like, by name. EISA ids are integers, as in AML. */
  readonly values: ReadonlyMap<string, AmlValue>;
}

const EXTENDED = 0x5b;

const OP = {
  zero: 0x00,
  one: 0x01,
  name: 0x08,
  byte: 0x0a,
  word: 0x0b,
  dword: 0x0c,
  string: 0x0d,
  qword: 0x0e,
  scope: 0x10,
} as const;
const OP2 = { buffer: 0x11, package: 0x12, method: 0x14, return: 0xa4, if: 0xa0, else: 0xa1, ones: 0xff } as const;

/** After {@link EXTENDED}: what has a length, and so can be skipped or entered. */
const WITH_LENGTH: ReadonlySet<number> = new Set([0x81, 0x83, 0x84, 0x85, 0x86, 0x87]); // Field, Processor, PowerRes, ThermalZone, IndexField, BankField
const EXTENDED_OP = { device: 0x82, region: 0x80, mutex: 0x01, event: 0x02 } as const;

/** The devices of a whole DSDT or SSDT, in its order. @throws DecodeError where it is not understood. */
export function readDevices(table: Uint8Array): AmlDevice[] {
  const devices: AmlDevice[] = [];
  new Reader(table, TableHeader.size).terms(table.length, '\\', undefined, devices);
  return devices;
}

/** What a buffer may be padded to with zeros, in bytes: far more than any in a real table. */
const BUFFER_LIMIT = 0x1_0000n;

type Values = Map<string, AmlValue>;

class Reader {
  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}

  /** The terms up to `end`, of the object at `path`, whose values are collected if it is a device. */
  terms(end: number, path: string, values: Values | undefined, devices: AmlDevice[]): void {
    while (this.at < end) this.#term(path, values, devices);
    if (this.at !== end) throw this.#error(`runs past the end of ${path}`);
  }

  #term(path: string, values: Values | undefined, devices: AmlDevice[]): void {
    const op = this.#byte();
    switch (op) {
      case OP.name: {
        const name = this.#name();
        const value = this.#value();
        values?.set(name, value);
        return;
      }
      case OP.scope: {
        const end = this.#length();
        const scope = join(path, this.#name());
        const known = devices.find((device) => device.path === scope);
        this.terms(end, scope, known?.values as Values | undefined, devices);
        return;
      }
      case OP2.method: {
        const end = this.#length();
        const name = this.#name();
        this.at += 1; // flags
        const value = this.#constantReturned(end);
        if (value !== undefined) values?.set(name, value);
        this.at = end;
        return;
      }
      case OP2.if:
      case OP2.else:
        this.at = this.#length();
        return;
      case EXTENDED:
        this.#extended(path, devices);
        return;
      default:
        throw this.#error(`opcode ${hex(op)} is not understood`, this.at - 1);
    }
  }

  #extended(path: string, devices: AmlDevice[]): void {
    const op = this.#byte();
    if (op === EXTENDED_OP.device) {
      const end = this.#length();
      const device = { path: join(path, this.#name()), values: new Map<string, AmlValue>() };
      devices.push(device);
      this.terms(end, device.path, device.values, devices);
    } else if (WITH_LENGTH.has(op)) {
      this.at = this.#length();
    } else if (op === EXTENDED_OP.region) {
      this.#name();
      this.at += 1; // space
      this.#value();
      this.#value();
    } else if (op === EXTENDED_OP.mutex) {
      this.#name();
      this.at += 1; // flags
    } else if (op === EXTENDED_OP.event) {
      this.#name();
    } else {
      throw this.#error(`opcode 0x5b ${hex(op)} is not understood`, this.at - 2);
    }
  }

  /** What a method that does nothing but return a constant returns. */
  #constantReturned(end: number): AmlValue | undefined {
    if (this.at >= end || this.bytes[this.at] !== OP2.return) return undefined;
    this.at += 1;
    try {
      const value = this.#value();
      return this.at === end ? value : undefined;
    } catch {
      return undefined; // it returns something to be evaluated
    }
  }

  /** A constant. Section 20.2.3: Data Objects Encoding. */
  #value(): AmlValue {
    const op = this.#byte();
    switch (op) {
      case OP.zero:
        return 0n;
      case OP.one:
        return 1n;
      case OP2.ones:
        return 0xffff_ffff_ffff_ffffn;
      case OP.byte:
        return this.#integer(1);
      case OP.word:
        return this.#integer(2);
      case OP.dword:
        return this.#integer(4);
      case OP.qword:
        return this.#integer(8);
      case OP.string:
        return this.#string();
      case OP2.buffer: {
        const end = this.#length();
        const size = this.#value();
        if (typeof size !== 'bigint' || size > BUFFER_LIMIT) throw this.#error(`a buffer of ${size} bytes`);
        const body = this.bytes.slice(this.at, end);
        this.at = end;
        return Buffer.concat([body, new Uint8Array(Math.max(0, Number(size) - body.length))]);
      }
      case OP2.package: {
        const end = this.#length();
        this.at += 1; // number of elements
        const elements: AmlValue[] = [];
        while (this.at < end) elements.push(this.#isName() ? this.#name() : this.#value());
        return elements;
      }
      default:
        throw this.#error(`${hex(op)} is no constant`, this.at - 1);
    }
  }

  #integer(size: number): bigint {
    let value = 0n;
    for (let i = 0; i < size; i++) value |= BigInt(this.#byte()) << BigInt(8 * i);
    return value;
  }

  #string(): string {
    let text = '';
    for (let byte = this.#byte(); byte !== 0; byte = this.#byte()) text += String.fromCharCode(byte);
    return text;
  }

  /** Section 20.2.4: Package Length Encoding; yields where the object ends. */
  #length(): number {
    const start = this.at;
    const lead = this.#byte();
    const more = lead >> 6;
    let length = more === 0 ? lead & 0x3f : lead & 0x0f;
    for (let i = 0; i < more; i++) length += this.#byte() << (4 + 8 * i);
    const end = start + length;
    if (end > this.bytes.length || end < this.at) throw this.#error(`length ${length}`, start);
    return end;
  }

  #isName(): boolean {
    const byte = this.bytes[this.at] ?? 0;
    return (
      byte === 0x5c ||
      byte === 0x5e ||
      byte === 0x2e ||
      byte === 0x2f ||
      byte === 0x5f ||
      (byte >= 0x41 && byte <= 0x5a)
    );
  }

  /** Section 20.2.2: Name Objects Encoding, as ASL writes it. */
  #name(): string {
    let prefix = '';
    while (this.bytes[this.at] === 0x5c || this.bytes[this.at] === 0x5e) prefix += String.fromCharCode(this.#byte());
    let count = 1;
    if (this.bytes[this.at] === 0x2e) {
      this.at += 1;
      count = 2;
    } else if (this.bytes[this.at] === 0x2f) {
      this.at += 1;
      count = this.#byte();
    } else if (this.bytes[this.at] === 0) {
      this.at += 1;
      count = 0;
    }
    const segments = Array.from({ length: count }, () => {
      const segment = String.fromCharCode(this.#byte(), this.#byte(), this.#byte(), this.#byte());
      if (!/^[A-Z_][A-Z0-9_]{3}$/.test(segment))
        throw this.#error(`${JSON.stringify(segment)} is no name`, this.at - 4);
      return segment.replace(/(?<=.)_+$/, '');
    });
    return prefix + segments.join('.');
  }

  #byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw this.#error('the table ends');
    this.at += 1;
    return byte;
  }

  #error(reason: string, at = this.at): DecodeError {
    return new DecodeError(`AML at ${hex(at)}`, reason);
  }
}

/** `\_SB` and `PCI0` make `\_SB.PCI0`; a name that starts at the root stays. */
function join(path: string, name: string): string {
  if (name.startsWith('\\')) return name;
  return path === '\\' ? `\\${name}` : `${path}.${name}`;
}

/** The text form of a `_HID` or `_CID`: `ACPI0016`, `PNP0A08`. Section 19.6.36: EISAID. */
export function hardwareId(value: AmlValue | undefined): string | undefined {
  if (typeof value === 'string' || value === undefined) return value;
  if (typeof value !== 'bigint') return undefined;
  const raw = Buffer.alloc(4);
  raw.writeUInt32LE(Number(value));
  const swapped = raw.readUInt32BE();
  const letters = [26, 21, 16].map((shift) => String.fromCharCode(((swapped >>> shift) & 0x1f) + 0x40)).join('');
  return letters + (swapped & 0xffff).toString(16).toUpperCase().padStart(4, '0');
}
