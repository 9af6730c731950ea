import {
  CACHE_LINE,
  DiscoveredMediaOperation,
  DiscoveredMediaOperations,
  DpaRange,
  MEDIA_OPERATION,
  MediaOperation,
  MediaOperationDiscovery,
} from '../../../codec/cxl/mailbox/media';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import type { BackgroundWork } from '../background';
import { type CommandContext, type Handlers, NOTHING, Refused } from './command';
import { demandHeld } from './overrun';
import { overwritingMilliseconds } from './sanitize';

/** What a range holds then. */
const FILL = [
  { ...MEDIA_OPERATION.sanitize, value: 0x0f },
  { ...MEDIA_OPERATION.zero, value: 0 },
];
const WRAP = 1n << 64n;

type Range = ReturnType<typeof DpaRange.decode>;

export function mediaOperationCommands({ device, media, quirks }: CommandContext): Handlers {
  const end = () => device.volatile + device.persistent;

  function operate(input: Uint8Array): Uint8Array | BackgroundWork {
    if (input.length < MediaOperation.size) throw new Refused(RETURN_CODE.invalidPayloadLength);
    const { class: operation, subclass, ranges } = MediaOperation.decode(input);
    const rest = input.subarray(MediaOperation.size);
    const is = (each: { class: number; subclass: number }) => each.class === operation && each.subclass === subclass;
    if (is(MEDIA_OPERATION.discovery)) return discover(rest, ranges);
    const fill = FILL.find(is);
    if (!fill) throw new Refused(RETURN_CODE.unsupported);
    return overwrite(rest, ranges, fill.value);
  }

  function discover(input: Uint8Array, ranges: number): Uint8Array {
    if (input.length < MediaOperationDiscovery.size) throw new Refused(RETURN_CODE.invalidPayloadLength);
    const { startIndex, operations } = MediaOperationDiscovery.decode(input);
    const all = quirks.has('media-operations-list-discovery') ? [MEDIA_OPERATION.discovery, ...FILL] : FILL;
    if (ranges > 0 || startIndex >= all.length) throw new Refused(RETURN_CODE.invalidInput);
    const there = all.slice(startIndex, startIndex + operations);
    const beyond = quirks.has('media-operations-beyond-the-last') ? operations - there.length : 0;
    const nothing = Array.from({ length: beyond }, () => DiscoveredMediaOperation.encode({}));
    const returned = there.map((each) =>
      DiscoveredMediaOperation.encode({ class: each.class, subclass: each.subclass }),
    );
    const found = { rangeGranularity: CACHE_LINE, supported: all.length, returned: there.length + beyond };
    return Buffer.concat([DiscoveredMediaOperations.encode(found), ...returned, ...nothing]);
  }

  function overwrite(input: Uint8Array, count: number, value: number): Uint8Array | BackgroundWork {
    if (count === 0 && quirks.has('media-operations-want-a-range')) throw new Refused(RETURN_CODE.invalidInput);
    if (count === 0) return NOTHING;
    if (input.length < count * DpaRange.size) throw new Refused(RETURN_CODE.invalidPayloadLength);
    demandHeld(MediaOperation.size + count * DpaRange.size, quirks);
    const ranges = Array.from({ length: count }, (_, i) => DpaRange.decode(input, i * DpaRange.size));
    if (!ranges.every(isOnMedia)) throw new Refused(RETURN_CODE.invalidInput);
    const total = ranges.reduce((sum, { length }) => sum + length, 0n);
    return {
      milliseconds: overwritingMilliseconds(total),
      complete: () => {
        for (const { dpa, length } of ranges.flatMap(reached)) media.fill(dpa, length, value);
      },
    };
  }

  function isOnMedia({ dpa, length }: Range): boolean {
    if (length === 0n) return false;
    if ((dpa % CACHE_LINE || length % CACHE_LINE) && !quirks.has('media-operation-of-any-alignment')) return false;
    const to = quirks.has('media-operation-range-wraps') ? (dpa + length) % WRAP : dpa + length;
    return to <= end() || quirks.has('media-operation-range-unchecked');
  }

  /** What of a range is overwritten. */
  function reached({ dpa, length }: Range): Range[] {
    if (quirks.has('media-operations-change-nothing')) return [];
    if (dpa + length > end()) return [];
    if (!quirks.has('media-operation-misses-persistent')) return [{ dpa, length }];
    if (dpa < device.volatile)
      return [{ dpa, length: length < device.volatile - dpa ? length : device.volatile - dpa }];
    return dpa + device.volatile + length <= end() ? [{ dpa: dpa + device.volatile, length }] : [];
  }

  return { mediaOperations: operate };
}
