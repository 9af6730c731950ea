import {
  encodeMediaError,
  type MediaError,
  POISON_LINE,
  PoisonRange,
  SCAN_RESULTS_FLAG,
  ScanMediaCapabilities,
  ScanMediaInput,
  ScanMediaResults,
} from '../../../codec/cxl/mailbox/poison';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import { end, type Range } from '../../../codec/range';
import type { BackgroundWork } from '../background';
import { type CommandContext, type Handlers, Refused } from './command';

const LINE = BigInt(POISON_LINE);

/** As many as fit into a payload of 2 KiB. */
const RECORDS_AT_ONCE = 126;

/** What reading a line takes. QEMU cmd_media_get_scan_media_capabilities(). */
const MILLISECONDS_PER_LINE = 0.0005;

export function scanCommands(context: CommandContext): Handlers {
  const { device, poison, quirks } = context;
  /** What the last scan has found and nobody has been told yet; undefined before the first. */
  let found: MediaError[] | undefined;

  /** @throws Refused for what is not all on the media */
  function rangeOf({ address, length }: { readonly address: bigint; readonly length: bigint }): Range {
    if (address % LINE !== 0n && !quirks.has('scan-takes-any-address')) throw new Refused(RETURN_CODE.invalidInput);
    const wraps = quirks.has('scan-range-wraps');
    const range = { base: address, size: wraps ? BigInt.asUintN(64, length * LINE) : length * LINE };
    const to = wraps ? BigInt.asUintN(64, end(range)) : end(range);
    const inside = to <= device.volatile + device.persistent || quirks.has('scan-beyond-capacity-accepted');
    if (!inside) throw new Refused(RETURN_CODE.invalidPhysicalAddress);
    return range;
  }

  function capabilities(input: Uint8Array): Uint8Array {
    return ScanMediaCapabilities.encode({ estimatedMilliseconds: scanning(rangeOf(PoisonRange.decode(input))) });
  }

  function scan(input: Uint8Array): BackgroundWork {
    const range = rangeOf(ScanMediaInput.decode(input));
    poison.onScan();
    if (quirks.has('scan-finds-only-the-unlisted')) return scanTheUnlisted(range);
    return {
      milliseconds: scanning(range),
      complete: () => {
        const listed = poison.within(range);
        found = [...poison.listTheUnlisted(range), ...listed];
      },
    };
  }

  function scanTheUnlisted(range: Range): BackgroundWork {
    const unlisted = poison.takeTheUnlisted(range);
    return {
      milliseconds: scanning(range),
      complete: () => {
        found = unlisted;
        if (poison.errors.length === found.length) poison.overflowedAt = undefined;
      },
    };
  }

  /** No scan stops before its end, so none goes on from an address: {@link ScanMediaResults}. */
  function results(): Uint8Array {
    if (!found && !quirks.has('scan-results-before-any')) throw new Refused(RETURN_CODE.unsupported);
    const told = (found ?? []).splice(0, RECORDS_AT_ONCE);
    if (quirks.has('scan-results-cut-off')) found = [];
    const header = { flags: found?.length ? SCAN_RESULTS_FLAG.more : 0, count: told.length };
    const nameless = quirks.has('scan-records-without-source') && { source: 'unknown' as const };
    const records = told.map((error) => encodeMediaError({ ...error, ...nameless }));
    return Buffer.concat([ScanMediaResults.encode(header), ...records]);
  }

  return { getScanMediaCapabilities: capabilities, scanMedia: scan, getScanMediaResults: results };
}

const scanning = ({ size }: Range): number =>
  Math.max(1, Math.floor(Number(size / LINE) * MILLISECONDS_PER_LINE) % 2 ** 32);
