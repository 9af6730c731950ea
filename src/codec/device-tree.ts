/** Devicetree Specification 0.4 Section 5: Flattened Devicetree (DTB) Format. All integers are big-endian. */
import { DecodeError } from './decode-error';
import type { Range } from './range';
import { be32, be64, struct } from './struct';

export const DEVICE_TREE_MAGIC = 0xd00d_feed;

export const DeviceTreeHeader = struct('device tree header', {
  magic: be32,
  /** Of all of it, in bytes. */
  size: be32,
  structure: be32,
  strings: be32,
  reservations: be32,
  version: be32,
  lastCompatible: be32,
  bootProcessor: be32,
  stringsSize: be32,
  structureSize: be32,
});

const TOKEN = { beginNode: 1, endNode: 2, property: 3, nothing: 4, end: 9 } as const;
const Word = struct('device tree token', { value: be32 });
const Property = struct('device tree property', { size: be32, name: be32 });
const Reservation = struct('memory reservation', { base: be64, size: be64 });

export interface DeviceNode {
  /** `memory@40000000`; empty for the root. */
  readonly name: string;
  readonly properties: ReadonlyMap<string, Uint8Array>;
  readonly children: readonly DeviceNode[];
}

/** The root. @throws DecodeError, with the offset, for what is no device tree */
export function decodeDeviceTree(tree: Uint8Array): DeviceNode {
  const header = DeviceTreeHeader.decode(tree);
  if (header.magic !== DEVICE_TREE_MAGIC)
    throw new DecodeError('device tree', 'does not begin with its magic number', 0);
  const strings = tree.subarray(header.strings, header.strings + header.stringsSize);
  return new Reader(tree.subarray(0, header.structure + header.structureSize), header.structure, strings).root();
}

class Reader {
  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
    private readonly strings: Uint8Array,
  ) {}

  root(): DeviceNode {
    if (this.#token() !== TOKEN.beginNode) throw new DecodeError('device tree', 'has no root node', this.at);
    return this.#node();
  }

  #node(): DeviceNode {
    const name = textAt(this.bytes, this.at);
    this.at = aligned(this.at + name.length + 1);
    const properties = new Map<string, Uint8Array>();
    const children: DeviceNode[] = [];
    for (let token = this.#token(); token !== TOKEN.endNode; token = this.#token()) {
      if (token === TOKEN.beginNode) children.push(this.#node());
      else if (token === TOKEN.property) properties.set(...this.#property());
      else if (token !== TOKEN.nothing)
        throw new DecodeError('device tree', `token ${token} inside a node`, this.at - 4);
    }
    return { name, properties, children };
  }

  #property(): [string, Uint8Array] {
    const { size, name } = Property.decode(this.bytes, this.at);
    const from = this.at + Property.size;
    this.at = aligned(from + size);
    if (this.at > this.bytes.length) throw new DecodeError('device tree', `a property of ${size} bytes`, from);
    return [textAt(this.strings, name), this.bytes.subarray(from, from + size)];
  }

  #token(): number {
    const { value } = Word.decode(this.bytes, this.at);
    this.at += Word.size;
    return value;
  }
}

/** A whole device tree, which reserves no memory. */
export function encodeDeviceTree(root: DeviceNode): Uint8Array {
  const names: string[] = [];
  const offsetOf = (name: string): number => {
    if (!names.includes(name)) names.push(name);
    return names.slice(0, names.indexOf(name)).reduce((sum, { length }) => sum + length + 1, 0);
  };
  const encode = (node: DeviceNode): Uint8Array[] => [
    word(TOKEN.beginNode),
    padded(Buffer.from(`${node.name}\0`, 'latin1')),
    ...[...node.properties].flatMap(([name, value]) => [
      word(TOKEN.property),
      Property.encode({ size: value.length, name: offsetOf(name) }),
      padded(value),
    ]),
    ...node.children.flatMap(encode),
    word(TOKEN.endNode),
  ];
  const body = Buffer.concat([...encode(root), word(TOKEN.end)]);
  const strings = Buffer.from(names.map((name) => `${name}\0`).join(''), 'latin1');
  const reservations = DeviceTreeHeader.size;
  const structure = reservations + Reservation.size;
  const header = DeviceTreeHeader.encode({
    magic: DEVICE_TREE_MAGIC,
    size: structure + body.length + strings.length,
    version: 17,
    lastCompatible: 16,
    reservations,
    structure,
    structureSize: body.length,
    strings: structure + body.length,
    stringsSize: strings.length,
  });
  return Buffer.concat([header, Reservation.encode({}), body, strings]);
}

/** The node and all below it. */
export const allNodes = (node: DeviceNode): DeviceNode[] => [node, ...node.children.flatMap(allNodes)];

/** Section 2.3.1: what software knows a node by. */
export const isCompatible = (node: DeviceNode, name: string): boolean => stringsOf(node, 'compatible').includes(name);

const stringsOf = ({ properties }: DeviceNode, name: string): string[] =>
  Buffer.from(properties.get(name) ?? [])
    .toString('latin1')
    .split('\0')
    .slice(0, -1);

/** Section 2.3.6: `reg` of a node below the root, whose addresses and sizes take two cells each. */
export function rangesOf({ name, properties }: DeviceNode): Range[] {
  const reg = properties.get('reg') ?? new Uint8Array();
  if (reg.length % Reservation.size !== 0) throw new DecodeError(`reg of ${name}`, `has ${reg.length} bytes`);
  return Array.from({ length: reg.length / Reservation.size }, (_, i) => Reservation.decode(reg, i * Reservation.size));
}

/** `reg` of these ranges. */
export const regOf = (...ranges: readonly Range[]): Uint8Array =>
  Buffer.concat(ranges.map((range) => Reservation.encode(range)));

/** Section 2.3.8, and the Open Firmware PCI binding: what a PCI host bridge passes on. */
const PciRange = struct('PCI range', { space: be32, pci: be64, base: be64, size: be64 });

/** Bits 25:24 of the first word: 1 I/O, 2 memory of 32 bits, 3 memory of 64 bits. */
const SPACE = { 1: 'I/O', 2: 'memory of 32 bits', 3: 'memory of 64 bits' } as const;

export interface PciSpace extends Range {
  readonly kind: (typeof SPACE)[keyof typeof SPACE];
}

/** @throws DecodeError if `ranges` of the node are cut short */
export function pciSpacesOf({ properties }: DeviceNode): PciSpace[] {
  const ranges = properties.get('ranges') ?? new Uint8Array();
  return Array.from({ length: Math.ceil(ranges.length / PciRange.size) }, (_, i) => {
    const { space, base, size } = PciRange.decode(ranges, i * PciRange.size);
    const kind = SPACE[((space >>> 24) & 3) as keyof typeof SPACE];
    return kind ? [{ kind, base, size }] : [];
  }).flat();
}

export const encodePciSpaces = (spaces: readonly PciSpace[]): Uint8Array =>
  Buffer.concat(
    spaces.map(({ kind, base, size }) => {
      const code = Object.values(SPACE).indexOf(kind) + 1;
      return PciRange.encode({ space: code << 24, pci: kind === 'I/O' ? 0n : base, base, size });
    }),
  );

const word = (value: number): Uint8Array => Word.encode({ value });
const aligned = (at: number): number => (at + 3) & ~3;
const padded = (bytes: Uint8Array): Uint8Array =>
  Buffer.concat([bytes, new Uint8Array(aligned(bytes.length) - bytes.length)]);

function textAt(bytes: Uint8Array, at: number): string {
  const end = bytes.indexOf(0, at);
  if (end < 0) throw new DecodeError('device tree', 'text without an end', at);
  return Buffer.from(bytes.subarray(at, end)).toString('latin1');
}
