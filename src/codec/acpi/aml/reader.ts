/** The encodings that AML is made of. ACPI 6.5 Section 20.2: AML Grammar Definition. */
import { DecodeError } from '../../decode-error';

const ROOT = 0x5c;
const PARENT = 0x5e;
const DUAL_NAME = 0x2e;
const MULTI_NAME = 0x2f;
const UNDERSCORE = 0x5f;
const EXTENDED = 0x5b;

/** Reads on from a place in a table. Whatever is not there is a DecodeError with its offset. */
export class AmlReader {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  /** The same bytes, from another place on. */
  from = (at: number): AmlReader => new AmlReader(this.bytes, at);

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw this.error('the table ends');
    this.at += 1;
    return byte;
  }

  peek = (): number => this.bytes[this.at] ?? 0;

  /** Of `size` bytes. */
  integer(size: number): bigint {
    let value = 0n;
    for (let i = 0; i < size; i++) value |= BigInt(this.byte()) << BigInt(8 * i);
    return value;
  }

  string(): string {
    let text = '';
    for (let byte = this.byte(); byte !== 0; byte = this.byte()) text += String.fromCharCode(byte);
    return text;
  }

  /** A copy of what there is up to `end`. */
  bytesTo(end: number): Uint8Array {
    const bytes = this.bytes.slice(this.at, end);
    this.at = end;
    return bytes;
  }

  /** An opcode; one of two bytes has 0x5b above the second. */
  opcode(): number {
    const first = this.byte();
    return first === EXTENDED ? (EXTENDED << 8) | this.byte() : first;
  }

  /** Section 20.2.4: Package Length Encoding; yields where the object ends. */
  end(limit = this.bytes.length): number {
    const start = this.at;
    const end = start + this.length();
    if (end > limit || end < this.at) throw this.error(`length ${end - start}`, start);
    return end;
  }

  /** The same encoding, of a number. */
  length(): number {
    const lead = this.byte();
    const more = lead >> 6;
    let length = more === 0 ? lead & 0x3f : lead & 0x0f;
    for (let i = 0; i < more; i++) length += this.byte() << (4 + 8 * i);
    return length;
  }

  isName(): boolean {
    const byte = this.peek();
    return [ROOT, PARENT, DUAL_NAME, MULTI_NAME, UNDERSCORE].includes(byte) || (byte >= 0x41 && byte <= 0x5a);
  }

  /** Section 20.2.2: Name Objects Encoding, as ASL writes it: `\_SB.PCI0`, `^FOO`; empty for a null name. */
  name(): string {
    let prefix = '';
    while (this.peek() === ROOT || this.peek() === PARENT) prefix += String.fromCharCode(this.byte());
    return prefix + Array.from({ length: this.#segmentCount() }, () => this.segment()).join('.');
  }

  /** Of four characters, of which underscores at the end do not show. */
  segment(): string {
    const at = this.at;
    const segment = String.fromCharCode(this.byte(), this.byte(), this.byte(), this.byte());
    if (!/^[A-Z_][A-Z0-9_]{3}$/.test(segment)) throw this.error(`${JSON.stringify(segment)} is no name`, at);
    return segment.replace(/(?<=.)_+$/, '');
  }

  #segmentCount(): number {
    const lead = this.peek();
    if (lead !== DUAL_NAME && lead !== MULTI_NAME && lead !== 0) return 1;
    this.at += 1;
    if (lead === 0) return 0;
    return lead === DUAL_NAME ? 2 : this.byte();
  }

  error(reason: string, at = this.at): DecodeError {
    return new DecodeError('AML', reason, at);
  }
}
