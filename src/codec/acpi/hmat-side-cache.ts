/** ACPI 6.5 Section 5.2.28.5: Memory Side Cache Information Structure. */
import { DecodeError } from '../decode-error';
import { hex } from '../range';
import { RO, register32 } from '../register';
import { struct, u16, u32, u64 } from '../struct';
import { exactly, type Structure } from './structures';

const ASSOCIATIVITIES = ['none', 'direct', 'complex'] as const;
const POLICIES = ['none', 'write-back', 'write-through'] as const;

export interface SideCache {
  readonly kind: 'side cache';
  /** Domain of the memory. */
  readonly domain: number;
  /** Bytes. */
  readonly size: bigint;
  readonly levels: number;
  readonly level: number;
  readonly associativity: (typeof ASSOCIATIVITIES)[number];
  readonly policy: (typeof POLICIES)[number];
  /** Bytes. */
  readonly line: number;
  /** Of the SMBIOS structures that describe it. */
  readonly smbiosHandles: readonly number[];
}

const Layout = struct('Memory Side Cache Information', {
  type: u16,
  reserved: u16,
  length: u32,
  domain: u32,
  reserved2: u32,
  size: u64,
  attributes: u32,
  addressMode: u16,
  smbiosHandles: u16,
});
const SmbiosHandle = struct('SMBIOS handle', { handle: u16 });

const Attributes = register32({
  levels: RO(3, 0),
  level: RO(7, 4),
  associativity: RO(11, 8),
  policy: RO(15, 12),
  line: RO(31, 16),
});

export function encodeSideCache(type: number, cache: SideCache): Uint8Array {
  const { domain, size, levels, level, associativity, policy, line, smbiosHandles } = cache;
  const codes = { associativity: ASSOCIATIVITIES.indexOf(associativity), policy: POLICIES.indexOf(policy) };
  const length = lengthOf(smbiosHandles.length);
  const attributes = Attributes.encode({ levels, level, ...codes, line });
  return Buffer.concat([
    Layout.encode({ type, length, domain, size, attributes, smbiosHandles: smbiosHandles.length }),
    ...smbiosHandles.map((handle) => SmbiosHandle.encode({ handle })),
  ]);
}

const lengthOf = (handles: number): number => Layout.size + handles * SmbiosHandle.size;

/** @throws DecodeError for an associativity or a write policy that is reserved, and for handles that do not fit. */
export function decodeSideCache({ bytes }: Structure): SideCache {
  const { domain, size, attributes, smbiosHandles: count } = Layout.decode(bytes);
  exactly('Memory Side Cache Information', bytes, lengthOf(count));
  const { levels, level, line, ...codes } = Attributes.decode(attributes);
  const associativity = ASSOCIATIVITIES[codes.associativity];
  const policy = POLICIES[codes.policy];
  if (!associativity || !policy)
    throw new DecodeError('Memory Side Cache Information', `attributes ${hex(attributes)}`);
  const smbiosHandles = Array.from(
    { length: count },
    (_, i) => SmbiosHandle.decode(bytes, Layout.size + i * SmbiosHandle.size).handle,
  );
  return { kind: 'side cache', domain, size, levels, level, associativity, policy, line, smbiosHandles };
}
