import {
  type CorrectableError,
  CorrectableStatus,
  HEADER_LOG_WORDS,
  NO_FIRST_ERROR,
  RAS,
  RAS_ROWS,
  RasControl,
  Uncorrectable,
  type UncorrectableError,
} from '../../codec/cxl/ras';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { RegisterBlock } from '../board/register-block';
import { registersOf } from '../board/rows';

/** How many words of a header QEMU writes. */
const HEADER_WORDS_WRITTEN = 32;

interface LoggedError {
  readonly bit: number;
  /** Words. */
  readonly header: readonly number[];
}

/**
 * CXL r3.1 Section 8.2.4.17: CXL RAS Capability Structure. Errors that are not masked are logged until software clears
 * their status; the header log is that of the first of them. QEMU hw/mem/cxl_type3.c: ct3d_reg_write(),
 * qmp_cxl_inject_uncorrectable_errors(); ports only have the registers.
 */
export class Ras {
  #logged: LoggedError[] = [];

  constructor(
    private readonly registers: RegisterBlock,
    private readonly start: number,
    isDevice: boolean,
    facts: Pick<Facts, 'multipleHeaders' | 'changeOf'>,
    private readonly quirks: Quirks,
  ) {
    const own = { control: { value: RasControl.encode({ multipleHeaders: facts.multipleHeaders }) } };
    const rows = registersOf(RAS_ROWS, facts, own, isDevice ? 'device' : 'port');
    registers.define(rows, start);
    const status = rows.find(({ at }) => at === RAS.uncorrectableStatus);
    if (status?.writable) return; // as software likes it
    registers.onWrite(start + RAS.uncorrectableStatus, ({ written }) => this.#clearUncorrectable(written));
  }

  /** Logs errors that have been detected, but for those that are masked. Yields whether any was logged. */
  detectUncorrectable(
    errors: readonly { readonly error: UncorrectableError; readonly header: readonly number[] }[],
  ): boolean {
    const mask = this.#read(RAS.uncorrectableMask);
    const ignoresMask = this.quirks.has('masked-errors-logged');
    const found = errors
      .map(({ error, header }) => ({ bit: Uncorrectable.encode({ [error]: true }), header }))
      .filter(({ bit }) => ignoresMask || (mask & bit) === 0);
    if (this.quirks.has('errors-never-logged')) return false;
    if (found.length === 0) return this.#logged.length > 0 && this.quirks.has('masked-error-reported-again');
    const isFirst = this.#logged.length === 0;
    this.#logged.push(...found);
    if (isFirst) this.#showFirst();
    this.#showStatus();
    return true;
  }

  detectCorrectable(error: CorrectableError): boolean {
    const bit = CorrectableStatus.encode({ [error]: true });
    const masked = (this.#read(RAS.correctableMask) & bit) !== 0 && !this.quirks.has('masked-errors-logged');
    if (masked || this.quirks.has('errors-never-logged')) return false;
    this.registers.set32(this.start + RAS.correctableStatus, this.#read(RAS.correctableStatus) | bit);
    return true;
  }

  reset(): void {
    this.#logged = [];
  }

  /** Software that clears the status of the first error alone uncovers the next of the same kind. */
  #clearUncorrectable(written: number): void {
    const [first] = this.#logged;
    if (!first) return;
    this.#logged =
      written === first.bit ? this.#logged.slice(1) : this.#logged.filter(({ bit }) => (bit & written) === 0);
    this.#showFirst();
    this.#showStatus();
  }

  #showStatus(): void {
    const status = this.#logged.reduce((bits, { bit }) => bits | bit, 0);
    this.registers.set32(this.start + RAS.uncorrectableStatus, status);
  }

  #showFirst(): void {
    const [first] = this.#logged;
    const firstError = first ? Math.log2(first.bit) : NO_FIRST_ERROR;
    const control = RasControl.encode({ firstError }, this.#read(RAS.control));
    this.registers.set32(this.start + RAS.control, control);
    if (!first || this.quirks.has('header-log-never-written')) return;
    const words = this.quirks.has('header-log-overwrites-link') ? HEADER_WORDS_WRITTEN : HEADER_LOG_WORDS;
    for (let word = 0; word < words; word++) {
      this.registers.set32(this.start + RAS.headerLog + 4 * word, first.header[word] ?? 0);
    }
  }

  #read = (at: number): number => this.registers.read32(this.start + at);
}
