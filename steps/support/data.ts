import { createHash } from 'node:crypto';
import { regionNumber } from './ordinals';
import { bytes } from './parameter-types';

/**
 * `size` bytes for scenario `id` to store, its `n`-th; the same ones each time. They differ from their neighbours, from
 * their shifted selves, from zeros, and from those of other scenarios: a machine that scenarios share may still hold those.
 */
export function dataFor(id: string, n: number, size: number): Uint8Array {
  let state = createHash('md5').update(`${id} ${n}`).digest().readInt32LE() | 1; // never zero, which stays zero
  const data = new Uint8Array(size);
  for (let at = 0; at < size; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    data[at] = state;
  }
  return data;
}

/** Of what a scenario has stored. */
export interface StoredData {
  /** In which region, by its index; the last data without. */
  readonly region?: number;
  /** In bytes, of data that are interleaved. */
  readonly granularity?: number;
  /** In place of what was stored: bytes of one value. */
  readonly fill?: Uint8Array;
}

/** `the data of the first region`, `the data interleaved at 4K`, `64 bytes of 0xab`. */
export function storedData(text: string): StoredData {
  const [, length, value] = /^(\d+) bytes of (\w+)$/.exec(text) ?? [];
  if (length) return { fill: Buffer.alloc(Number(length), Number(value)) };
  const [, granularity] = /interleaved at (\w+)$/.exec(text) ?? [];
  return {
    ...(text.includes('region') && { region: regionNumber(text) }),
    ...(granularity && { granularity: Number(bytes(granularity)) }),
  };
}

/** What each of `count` devices has of data that are interleaved at a granularity, in bytes. */
export function chunksOf(data: Uint8Array, count: number, granularity: number): Uint8Array[] {
  const chunks = Array.from({ length: Math.ceil(data.length / granularity) }, (_, n) =>
    data.subarray(n * granularity, (n + 1) * granularity),
  );
  return Array.from({ length: count }, (_, i) => Buffer.concat(chunks.filter((_, n) => n % count === i)));
}

const PAGE = 4096;

/** The whole pages of `data`. */
export const pagesOf = (data: Uint8Array): Buffer[] =>
  Array.from({ length: Math.floor(data.length / PAGE) }, (_, n) =>
    Buffer.from(data.buffer, data.byteOffset + n * PAGE, PAGE),
  );

/** How many of `pages` are somewhere in `media`, at a multiple of their size. */
export function pagesWithin(media: Uint8Array, pages: readonly Buffer[]): number {
  const view = Buffer.from(media.buffer, media.byteOffset, media.length); // no copy, for media are large
  const byFirstWord = new Map(pages.map((page) => [page.readUInt32LE(), page]));
  let held = 0;
  for (let at = 0; at + PAGE <= view.length; at += PAGE) {
    const page = byFirstWord.get(view.readUInt32LE(at));
    if (page && view.compare(page, 0, PAGE, at, at + PAGE) === 0) held += 1;
  }
  return held;
}
