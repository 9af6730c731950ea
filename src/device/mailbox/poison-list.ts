import { type MediaError, POISON_LINE } from '../../codec/cxl/mailbox/poison';
import { end, intersection, overlap, type Range, without } from '../../codec/range';
import type { Quirks } from '../../ledger/quirks';
import type { Timestamp } from './timestamp';

/** QEMU include/hw/cxl/cxl_device.h: CXL_POISON_LIST_LIMIT. */
const POISON_LIST_LIMIT = 256;

const LINE = BigInt(POISON_LINE);

/** What a device knows to be poisoned, the newest first. QEMU hw/mem/cxl_type3.c: poison_list. */
export class PoisonList {
  errors: readonly MediaError[] = [];
  /** When there first was more poison than room, in nanoseconds. */
  overflowedAt: bigint | undefined;
  /** What found no room, until the media are scanned. */
  readonly unlisted: MediaError[] = [];

  constructor(
    private readonly time: Timestamp,
    private readonly quirks: Quirks,
  ) {}

  get full(): boolean {
    return this.errors.length >= POISON_LIST_LIMIT;
  }

  /** As far as it lies in the range. */
  within(range: Range): MediaError[] {
    return this.errors.flatMap(({ dpa, source }) => {
      const part = intersection(dpa, range);
      return part ? [{ dpa: part, source }] : [];
    });
  }

  /** The same from whole lines on, but the range's end is counted in 64 bits, and so it may end before what it is asked for begins. */
  withinWrapping({ base, size }: Range): MediaError[] {
    const [last, to] = [BigInt.asUintN(64, base + size - 1n), BigInt.asUintN(64, base + size)];
    return this.errors.flatMap(({ dpa, source }) => {
      if (last < dpa.base || end(dpa) - 1n < base) return [];
      const first = dpa.base - (dpa.base % LINE);
      const [from, until] = [max(first, base), min(first + dpa.size, to)];
      const lines = BigInt.asUintN(32, BigInt.asUintN(64, until - from) / LINE);
      return [{ dpa: { base: from, size: lines * LINE }, source }];
    });
  }

  add(error: MediaError): void {
    if (!this.full) {
      this.errors = [error, ...this.errors];
      return;
    }
    this.unlisted.push(error);
    if (this.quirks.has('poison-overflow-time-changes')) this.overflowedAt = undefined;
    this.overflowedAt ??= this.time.now;
  }

  /** What of the range has found no room is listed, as far as there is room now; the list is complete again if it all is. Yields all of it. */
  listTheUnlisted(range: Range): MediaError[] {
    const found = this.unlisted.filter(({ dpa }) => overlap(dpa, range));
    for (const error of found) {
      if (this.full) break;
      this.unlisted.splice(this.unlisted.indexOf(error), 1);
      this.errors = [error, ...this.errors];
    }
    if (this.unlisted.length === 0 && !this.quirks.has('poison-overflow-stays')) this.overflowedAt = undefined;
    return found;
  }

  /** That a scan begins. */
  onScan(): void {
    if (this.overflowedAt !== undefined && this.quirks.has('scan-drops-the-listed')) this.errors = [];
  }

  /** What QEMU does when a scan begins: what of the range has found no room is found only once, listed or not. */
  takeTheUnlisted(range: Range): MediaError[] {
    const found = this.unlisted.filter(({ dpa }) => overlap(dpa, range));
    for (const error of [...found].reverse()) {
      this.unlisted.splice(this.unlisted.indexOf(error), 1);
      if (!this.full) this.errors = [error, ...this.errors];
    }
    return found;
  }

  /** Of a longer range, what is before and behind the line stays, unless it goes `altogether`. */
  clear(base: bigint, altogether = false): void {
    const line = { base, size: LINE };
    const hit = this.errors.filter(({ dpa }) => overlap(dpa, line));
    this.errors = this.errors.filter((error) => !hit.includes(error));
    for (const { dpa, source } of altogether ? [] : hit) {
      for (const rest of without(dpa, [line])) {
        if (this.full && this.quirks.has('clear-poison-forgets-rest')) this.overflowedAt = this.time.now;
        else this.add({ dpa: rest, source });
      }
    }
  }
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
