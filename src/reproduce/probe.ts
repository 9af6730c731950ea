/** The reads by which a fault is seen: what each is to answer, and what the QEMU answers. */
import { type Call, type Outcome, showOutcome, tableIn } from '../target/tape';
import type { Difference } from './blame';

export interface Probe {
  readonly call: Call;
  /** None where the call alone matters: it ends the QEMU. */
  readonly expected?: Outcome;
}

/** So many parts of a block are looked at, from its beginning. */
const PARTS = 4;

/** So much of a long part is looked at, in bytes. */
const LONGEST = 64;

/** A block of memory is looked at where it differs. */
export function probesOf({ call, expected }: Difference): Probe[] {
  const [came, wanted] = [bytesOf(call.outcome), bytesOf(expected)];
  if (call.method !== 'readBlock' || !came || !wanted) return [{ call, expected }];
  const [address] = call.args as [bigint];
  const right = Buffer.alloc(came.length, 0); // behind the end of a file there are zeros
  right.set(wanted.subarray(0, came.length));
  return partsThatDiffer(came, right, tableIn(came) === undefined ? [] : [CHECKSUM]).map(({ from, to }) => ({
    call: {
      ...call,
      args: [address + BigInt(from), to - from],
      outcome: { value: came.slice(from, to) },
    },
    expected: { value: Uint8Array.from(right.subarray(from, to)) },
  }));
}

/** Offset in an ACPI table: it differs whatever differs. */
const CHECKSUM = 9;

/** Half-open, from the first byte. */
function partsThatDiffer(
  a: Uint8Array,
  b: Uint8Array,
  but: readonly number[],
): { readonly from: number; readonly to: number }[] {
  const parts: { from: number; to: number }[] = [];
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    if (a[at] === b[at] || but.includes(at)) continue;
    const last = parts.at(-1);
    if (last && last.to === at) last.to += 1;
    else parts.push({ from: at, to: at + 1 });
  }
  return parts.slice(0, PARTS).map(({ from, to }) => ({ from, to: Math.min(to, from + LONGEST) }));
}

function bytesOf(outcome: Outcome | undefined): Uint8Array | undefined {
  return outcome && 'value' in outcome && outcome.value instanceof Uint8Array ? outcome.value : undefined;
}

/** Whether each probe has the outcome that `wanted` says; `outcomes` are theirs, in order. */
export const agree = (
  probes: readonly Probe[],
  outcomes: readonly (Outcome | undefined)[],
  wanted: (probe: Probe) => Outcome | undefined,
): boolean =>
  probes.every((probe, i) => {
    const [is, to] = [outcomes[i], wanted(probe)];
    return is !== undefined && to !== undefined && showOutcome(is) === showOutcome(to);
  });
