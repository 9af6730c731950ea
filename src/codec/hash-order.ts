/** The order in which GLib's GHashTable yields its keys: glib/ghash.c. QEMU keeps the children of an object in one. */

/** Slots of the smallest table, as a power of two. */
const MIN_SHIFT = 3;

/** What a hash is reduced by, by the power of two that the table has slots: the largest prime below that. */
const PRIMES = [1, 2, 3, 7, 13, 31, 61, 127, 251, 509, 1021, 2039, 4093];

interface Table {
  readonly shift: number;
  readonly slots: (string | undefined)[];
}

/** `keys`, each of which has been added after those before it, as an iterator finds them. */
export function hashOrder(keys: readonly string[]): string[] {
  let table: Table = { shift: MIN_SHIFT, slots: Array(1 << MIN_SHIFT).fill(undefined) };
  for (const [before, key] of keys.entries()) {
    table.slots[freeSlot(key, table.shift, (slot) => table.slots[slot] === undefined)] = key;
    const held = before + 1;
    if (table.slots.length <= held + Math.floor(held / 16)) table = resized(table, held);
  }
  return table.slots.filter((key) => key !== undefined);
}

/** Keys move one by one, from the first slot on; one that stands where another has to go is moved next. */
function resized({ slots }: Table, held: number): Table {
  const shift = Math.max(MIN_SHIFT, Math.floor(held * 1.333).toString(2).length);
  const next: Table = { shift, slots: Array.from({ length: 1 << shift }, (_, slot) => slots[slot]) };
  const settled = new Set<number>();
  for (const first of slots.keys()) {
    if (settled.has(first)) continue;
    let moving = next.slots[first];
    next.slots[first] = undefined;
    while (moving !== undefined) {
      const slot = freeSlot(moving, shift, (each) => !settled.has(each));
      settled.add(slot);
      [moving, next.slots[slot]] = [next.slots[slot], moving];
    }
  }
  return next;
}

/** Where `key` belongs, or the next slot after it that is free, in steps that grow. */
function freeSlot(key: string, shift: number, isFree: (slot: number) => boolean): number {
  let slot = (Math.imul(hash(key), 11) >>> 0) % (PRIMES[shift] ?? 1);
  for (let step = 1; !isFree(slot); step++) slot = (slot + step) & ((1 << shift) - 1);
  return slot;
}

/** g_str_hash(). */
const hash = (key: string): number => [...Buffer.from(key)].reduce((h, byte) => (Math.imul(h, 33) + byte) >>> 0, 5381);
