/**
 * Interleave encodings, which CFMWS and HDM decoders share.
 * CXL r3.1 Section 8.2.4.20.7: CXL HDM Decoder n Control Register.
 */
import { DecodeError } from '../decode-error';

/** Number of ways by encoding; what is not listed is reserved. */
const WAYS: Readonly<Record<number, number>> = { 0: 1, 1: 2, 2: 4, 3: 8, 4: 16, 8: 3, 9: 6, 10: 12 };

/** Bytes by encoding: 256 << IG. */
const GRANULARITIES = [256, 512, 1024, 2048, 4096, 8192, 16384];

/** Whether neither encoding is reserved. */
export function isInterleave(encodedWays: number, encodedGranularity: number): boolean {
  return encodedWays in WAYS && encodedGranularity in GRANULARITIES;
}

/** Undefined for a reserved encoding. */
export const waysOf = (encoded: number): number | undefined => WAYS[encoded];

/** @throws DecodeError for a reserved encoding. */
export function decodeWays(encoded: number): number {
  const ways = waysOf(encoded);
  if (ways === undefined) throw new DecodeError('interleave ways', `encoding ${encoded} is reserved`);
  return ways;
}

/** @throws RangeError for a number of ways that has no encoding. */
export function encodeWays(ways: number): number {
  const [encoded] = Object.entries(WAYS).find(([, candidate]) => candidate === ways) ?? [];
  if (encoded === undefined) throw new RangeError(`${ways}-way interleave has no encoding`);
  return Number(encoded);
}

/** Interleave granularity in bytes. @throws DecodeError for a reserved encoding. */
export function decodeGranularity(encoded: number): number {
  const bytes = GRANULARITIES[encoded];
  if (bytes === undefined) throw new DecodeError('interleave granularity', `encoding ${encoded} is reserved`);
  return bytes;
}

/** @throws RangeError for a number of bytes that has no encoding. */
export function encodeGranularity(bytes: number): number {
  const encoded = GRANULARITIES.indexOf(bytes);
  if (encoded < 0) throw new RangeError(`${bytes} B granularity has no encoding`);
  return encoded;
}

export interface Interleave {
  readonly ways: number;
  /** Bytes. */
  readonly granularity: number;
}

/** Where a byte of an interleave set lies: in which way, and at which offset of that way. */
export interface Place {
  readonly way: number;
  readonly offset: bigint;
}

/** The place of the byte at `offset` from the beginning of an interleave set; so for 3, 6 and 12 ways too. */
export function locate(offset: bigint, { ways, granularity }: Interleave): Place {
  const granule = BigInt(granularity);
  const stripe = granule * BigInt(ways);
  return { way: Number((offset % stripe) / granule), offset: (offset / stripe) * granule + (offset % granule) };
}

/** The offset from the beginning of an interleave set of the byte at a place: the inverse of {@link locate}. */
export function place({ way, offset }: Place, { ways, granularity }: Interleave): bigint {
  const granule = BigInt(granularity);
  return (offset / granule) * granule * BigInt(ways) + BigInt(way) * granule + (offset % granule);
}
