/** ACPI 6.5 Section 6.4: Resource Data Types for ACPI, as far as host bridges use them. */
import { DecodeError } from '../decode-error';
import { struct, u8, u16, u32, u64 } from '../struct';

const KINDS = ['memory', 'I/O', 'bus'] as const;

/** A range of addresses or of bus numbers. */
export interface AddressResource {
  readonly kind: (typeof KINDS)[number];
  /** Bits of the descriptor's numbers. */
  readonly width: 16 | 32 | 64;
  readonly minimum: bigint;
  /** Inclusive. */
  readonly maximum: bigint;
  readonly length: bigint;
  /** Whether the device passes it on, and does not use it itself. */
  readonly producer: boolean;
  /** Of memory: whether software may let it be cached. */
  readonly cacheable: boolean;
}

/** Section 6.4.2.5: I/O Port Descriptor: the ports are the device's own. */
export interface PortResource {
  readonly kind: 'ports';
  readonly minimum: bigint;
  readonly maximum: bigint;
  readonly length: bigint;
}

export interface OtherResource {
  readonly kind: 'other';
  /** The type, and the small ones' length, as its first byte has them. */
  readonly tag: number;
}

export type Resource = AddressResource | PortResource | OtherResource;

const LARGE = 0x80;
const PORT = 0x47;
const END = 0x79;

const HEADER = { tag: u8, size: u16, type: u8, general: u8, specific: u8 } as const;
const range = <T>(field: T) => ({
  granularity: field,
  minimum: field,
  maximum: field,
  translation: field,
  length: field,
});
const WORD = struct('Word Address Space Descriptor', { ...HEADER, ...range(u16) });
const DWORD = struct('DWord Address Space Descriptor', { ...HEADER, ...range(u32) });
const QWORD = struct('QWord Address Space Descriptor', { ...HEADER, ...range(u64) });
const ADDRESS = {
  136: { layout: WORD, width: 16 },
  135: { layout: DWORD, width: 32 },
  138: { layout: QWORD, width: 64 },
} as const;
const PortLayout = struct('I/O Port Descriptor', {
  tag: u8,
  information: u8,
  minimum: u16,
  maximum: u16,
  alignment: u8,
  length: u8,
});

/** Large descriptors do not count what comes before their type. */
const LARGE_HEADER = 3;

/** Section 6.4.3.5: minimum and maximum are fixed; a producer has bit 0 clear. */
const FIXED = 0x0c;
const CONSUMER = 1;
const CACHEABLE = 2;
const READ_WRITE = 1;
/** Of I/O: both kinds of addresses, ISA and not. */
const ENTIRE_RANGE = 3;

/** Up to the end tag, which has to come. @throws DecodeError for a descriptor that does not fit, or no end tag */
export function decodeResources(template: Uint8Array): Resource[] {
  const found: Resource[] = [];
  for (let at = 0; at < template.length; ) {
    const tag = template[at] as number;
    if (tag === END) return found;
    const size = tag & LARGE ? LARGE_HEADER + (template[at + 1] ?? 0) + 0x100 * (template[at + 2] ?? 0) : 1 + (tag & 7);
    if (at + size > template.length) throw new DecodeError('resource template', `a descriptor of ${size} bytes`, at);
    found.push(decode(template.subarray(at, at + size), tag));
    at += size;
  }
  throw new DecodeError('resource template', 'has no end tag', template.length);
}

function decode(bytes: Uint8Array, tag: number): Resource {
  if (tag === PORT) {
    const { minimum, maximum, length } = PortLayout.decode(bytes);
    return { kind: 'ports', minimum: BigInt(minimum), maximum: BigInt(maximum), length: BigInt(length) };
  }
  const address = ADDRESS[tag as keyof typeof ADDRESS];
  if (!address) return { kind: 'other', tag };
  const { type, general, specific, minimum, maximum, length } = address.layout.decode(bytes);
  const kind = KINDS[type];
  if (!kind) return { kind: 'other', tag };
  return {
    kind,
    width: address.width,
    minimum: BigInt(minimum),
    maximum: BigInt(maximum),
    length: BigInt(length),
    producer: (general & CONSUMER) === 0,
    cacheable: kind === 'memory' && (specific & CACHEABLE) !== 0,
  };
}

/** A template of ranges, with its end tag. */
export function encodeResources(resources: readonly (AddressResource | PortResource)[]): Uint8Array {
  return Buffer.concat([...resources.map(encode), Uint8Array.of(END, 0)]);
}

function encode(resource: AddressResource | PortResource): Uint8Array {
  const { minimum, maximum, length } = resource;
  if (resource.kind === 'ports') {
    const ports = { minimum: Number(minimum), maximum: Number(maximum), length: Number(length) };
    return PortLayout.encode({ tag: PORT, information: 1, ...ports, alignment: 1 });
  }
  const { kind, width, producer, cacheable } = resource;
  const memory = READ_WRITE | (cacheable ? CACHEABLE : 0);
  const header = {
    type: KINDS.indexOf(kind),
    general: FIXED | (producer ? 0 : CONSUMER),
    specific: kind === 'memory' ? memory : kind === 'I/O' ? ENTIRE_RANGE : 0,
  };
  const sized = (layout: { readonly size: number }) => ({ ...header, size: layout.size - LARGE_HEADER });
  if (width === 64) return QWORD.encode({ tag: 0x8a, ...sized(QWORD), minimum, maximum, length });
  const small = { minimum: Number(minimum), maximum: Number(maximum), length: Number(length) };
  return width === 32
    ? DWORD.encode({ tag: 0x87, ...sized(DWORD), ...small })
    : WORD.encode({ tag: 0x88, ...sized(WORD), ...small });
}
