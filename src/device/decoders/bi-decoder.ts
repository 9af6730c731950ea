/** BI decoders: who may send back-invalidate requests. CXL r3.1 Section 8.2.4.27: CXL BI Decoder Capability Structure. */
import { BI_DECODER, BiDecoderCapability, BiDecoderControl, BiDecoderStatus } from '../../codec/cxl/component';
import type { Quirks } from '../../ledger/quirks';
import type { RegisterBlock } from '../board/register-block';

interface BiDecoderOptions {
  /** Whether software has to set Commit for what it has changed. */
  readonly explicitCommit: boolean;
  readonly ofDevice: boolean;
  /** The time, in nanoseconds since power-on. */
  readonly now: () => bigint;
}

/** 2 s to commit in: base, and scale. */
const TIMEOUT = { timeoutScale: 6, timeoutBase: 2 };

/** A change is committed as soon as Commit is set. */
export function defineBiDecoder(
  registers: RegisterBlock,
  start: number,
  { explicitCommit, ofDevice, now }: BiDecoderOptions,
  quirks: Quirks,
): void {
  const answer = () => {
    const isLost =
      (now() === 0n && quirks.has('bi-commit-at-power-on-lost')) ||
      (ofDevice && quirks.has('bi-commit-of-device-unanswered'));
    const { commit } = BiDecoderControl.decode(registers.read32(start + BI_DECODER.control));
    if (commit && !isLost && !quirks.has('bi-commit-unanswered')) {
      registers.set32(start + BI_DECODER.status, BiDecoderStatus.encode({ ...TIMEOUT, committed: true }));
    }
  };
  const capability = { explicitCommit: explicitCommit && !quirks.has('bi-explicit-commit-undeclared') };
  const writable = quirks.has('bi-control-read-only') ? 0 : BiDecoderControl.writable;
  const rows = [
    { at: BI_DECODER.capability, value: BiDecoderCapability.encode(capability) },
    { at: BI_DECODER.control, writable },
    { at: BI_DECODER.status, value: BiDecoderStatus.encode(TIMEOUT) },
  ];
  registers.define(rows, start);
  registers.onWrite(start + BI_DECODER.control, answer);
}
