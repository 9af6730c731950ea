/** Layouts of configuration space as data: which capabilities a function has, and which registers they have. */
import type { Register } from '../board/register-block';

/** In the first 256 bytes. */
export interface CapabilityLayout {
  readonly id: number;
  readonly at: number;
  /** Bytes. */
  readonly size: number;
  /** What follows id and pointer, in bits 31:16. */
  readonly header?: number;
  /** Of the header, bits that software can change. */
  readonly writable?: number;
  readonly registers?: readonly Register[];
}

/** From 0x100 on. */
export interface ExtendedLayout {
  readonly id: number;
  readonly version: number;
  readonly at: number;
  /** Bytes. */
  readonly size: number;
  readonly registers?: readonly Register[];
}

type Unplaced<T> = Omit<T, 'at'>;

/** Puts extended capabilities one behind the other, from `start`. */
export function inARow(start: number, layouts: readonly Unplaced<ExtendedLayout>[]): ExtendedLayout[] {
  let free = start;
  return layouts.map((layout) => {
    free += layout.size;
    return { ...layout, at: free - layout.size };
  });
}

/** Where what is placed ends; `start` if nothing is. */
export const endOf = (layouts: readonly ExtendedLayout[], start: number): number =>
  layouts.reduce((end, { at, size }) => Math.max(end, at + size), start);
