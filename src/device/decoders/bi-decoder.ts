/** BI decoders: who may send back-invalidate requests. CXL r3.1 Section 8.2.4.27: CXL BI Decoder Capability Structure. */
import {
  BI_DECODER,
  BI_DECODER_ROWS,
  BiDecoderCapability,
  BiDecoderControl,
  BiDecoderStatus,
} from '../../codec/cxl/component';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { RegisterBlock } from '../board/register-block';
import { registersOf } from '../board/rows';

interface BiDecoderOptions {
  /** Whether software has to set Commit for what it has changed. */
  readonly explicitCommit: boolean;
  readonly ofDevice: boolean;
  /** The time, in nanoseconds since power-on. */
  readonly now: () => bigint;
}

/** A change is committed as soon as Commit is set. */
export function defineBiDecoder(
  registers: RegisterBlock,
  start: number,
  { explicitCommit, ofDevice, now }: BiDecoderOptions,
  facts: Facts,
  quirks: Quirks,
): void {
  const answer = () => {
    const isLost =
      (now() === 0n && quirks.has('bi-commit-at-power-on-lost')) ||
      (ofDevice && quirks.has('bi-commit-of-device-unanswered'));
    const { commit } = BiDecoderControl.decode(registers.read32(start + BI_DECODER.control));
    if (commit && !isLost && !quirks.has('bi-commit-unanswered')) {
      const status = start + BI_DECODER.status;
      registers.set32(status, BiDecoderStatus.encode({ committed: true }, registers.read32(status)));
    }
  };
  const capability = { value: BiDecoderCapability.encode({ explicitCommit }) };
  registers.define(registersOf(BI_DECODER_ROWS, facts, { capability }), start);
  registers.onWrite(start + BI_DECODER.control, answer);
}
