/** CXL r3.1 Section 8.2.9.9.4: Media and Poison Management. */
import { OPCODE } from '../../../codec/cxl/mailbox/command';
import {
  encodeMediaError,
  POISON_LINE,
  POISON_LIST_FLAG,
  PoisonAddress,
  PoisonListHeader,
  PoisonRange,
} from '../../../codec/cxl/mailbox/poison';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import { showRange } from '../../../codec/range';
import { MachineCrash } from '../../../machine/crash';
import { type CommandContext, type Handlers, NOTHING, Refused } from './command';

const LINE = BigInt(POISON_LINE);

const WRAP = 1n << 64n;

/** As many as fit into a payload of 2 KiB. */
const RECORDS_AT_ONCE = 126;

export function poisonCommands({ device, media, poison, background, quirks }: CommandContext): Handlers {
  const capacity = () => device.volatile + device.persistent + (device.dynamic?.capacity ?? 0n);
  const scanning = () => background.running && background.opcode === OPCODE.scanMedia;
  /** While the media are scanned, the list stays as it is. */
  const frozen = () => scanning() && quirks.has('poison-list-frozen-by-scan');
  /** What was asked for last, and how much of it has been told: asked for again, the rest follows. */
  let told = { range: '', count: 0 };

  function list(input: Uint8Array): Uint8Array {
    const { address: base, length } = PoisonRange.decode(input);
    const range = { base, size: length * LINE };
    if (base % LINE !== 0n && !quirks.has('poison-list-takes-any-address')) throw new Refused(RETURN_CODE.invalidInput);
    const bounded = !quirks.has('poison-beyond-capacity-accepted');
    if (bounded && base + range.size > capacity()) throw new Refused(RETURN_CODE.invalidPhysicalAddress);
    const found = bounded ? poison.within(range) : poison.withinWrapping(range);
    const all = quirks.has('poison-list-ignores-range') ? poison.errors : found;
    if (all.length > RECORDS_AT_ONCE && quirks.has('poison-list-overflows-payload')) throw new MachineCrash('SIGABRT');
    const before = told.range === showRange(range) ? told.count : 0;
    const errors = all.slice(before, before + RECORDS_AT_ONCE);
    const more = before + errors.length < all.length;
    told = more ? { range: showRange(range), count: before + errors.length } : { range: '', count: 0 };
    const overflowedAt = quirks.has('poison-overflow-untold') ? undefined : poison.overflowedAt;
    const flags = [
      more && POISON_LIST_FLAG.more,
      overflowedAt !== undefined && POISON_LIST_FLAG.overflow,
      scanning() && !quirks.has('poison-list-hides-scan') && POISON_LIST_FLAG.scanning,
    ].reduce<number>((bits, bit) => bits | (bit || 0), 0);
    const header = { flags, overflowTimestamp: overflowedAt ?? 0n, count: errors.length };
    return Buffer.concat([PoisonListHeader.encode(header), ...errors.map(encodeMediaError)]);
  }

  function inject(input: Uint8Array): Uint8Array {
    const base = lineOf(PoisonAddress.decode(input).address);
    if (!quirks.has('poison-beyond-capacity-accepted')) demandCapacity(base);
    const line = { base, size: LINE };
    const lineEnd = BigInt.asUintN(64, base + LINE);
    const isListed = poison.errors.some(({ dpa }) => dpa.base <= base && lineEnd <= dpa.base + dpa.size);
    if (isListed && !quirks.has('poison-listed-twice')) return NOTHING;
    if (frozen()) return NOTHING;
    if (poison.full && !quirks.has('poison-limit-unchecked')) throw new Refused(RETURN_CODE.injectPoisonLimitReached);
    poison.add({ dpa: line, source: quirks.has('poison-source-internal') ? 'internal' : 'injected' });
    return NOTHING;
  }

  function clear(input: Uint8Array): Uint8Array {
    const base = lineOf(PoisonAddress.decode(input).address);
    if (base + LINE >= WRAP && quirks.has('clear-poison-end-wraps')) return clearNowhere();
    demandCapacity(base);
    const data = input.subarray(PoisonAddress.size);
    const clears = !quirks.has('clear-poison-keeps-it') && !frozen();
    if (clears) poison.clear(base, quirks.has('clear-poison-clears-range'));
    media.write(base, quirks.has('clear-poison-writes-stray-bytes') ? data.map((byte) => byte ^ 0xff) : data);
    return NOTHING;
  }

  /** What QEMU makes of an address whose line wraps: it takes it for dynamic capacity, whether or not there is any. */
  function clearNowhere(): Uint8Array {
    if (!device.dynamic) throw new MachineCrash('SIGSEGV', 'set_cacheline');
    return NOTHING;
  }

  /** Low bits are reserved, and so without meaning. */
  const lineOf = (address: bigint): bigint =>
    quirks.has('poison-reserved-bits-kept') ? address : address - (address % LINE);

  function demandCapacity(base: bigint): void {
    if (base + LINE > capacity()) throw new Refused(RETURN_CODE.invalidPhysicalAddress);
  }

  return { getPoisonList: list, injectPoison: inject, clearPoison: clear };
}
