import {
  DISCOVERY,
  DiscoveryRequest,
  DiscoveryResponse,
  DOE,
  DOE_HEADER_WORDS,
  DoeCapability,
  DoeControl,
  DoeHeader1,
  DoeHeader2,
  type DoeProtocol,
  DoeStatus,
} from '../../codec/pci/doe';
import type { Quirks } from '../../ledger/quirks';
import type { RegisterBlock, RegisterWrite } from '../board/register-block';

/** One kind of data object, and what is answered to its words; undefined for what makes no sense. */
export interface DoeHandler extends DoeProtocol {
  readonly answer: (words: readonly number[]) => readonly number[] | undefined;
}

/**
 * A DOE mailbox: PCI Express Base 6.0 Section 7.9.24. It answers as soon as it is told to
 * go; what it does not understand it passes over, as QEMU hw/pci/pcie_doe.c does.
 */
export class DoeMailbox {
  readonly #handlers: readonly DoeHandler[];
  #request: number[] = [];
  #answer: number[] = [];
  /** How many words of the answer software has taken. */
  #taken = 0;
  #ready = false;
  #error = false;
  #interruptEnable = false;
  #interrupt = false;

  /** Calls `interrupt` with the vector as an interrupt becomes pending. */
  constructor(
    handlers: readonly DoeHandler[],
    private readonly interrupt: (vector: number) => void = () => {},
    private readonly vector = 0,
    private readonly quirks: Quirks = new Set(),
  ) {
    this.#handlers = [{ ...DISCOVERY, answer: (words) => this.#discovery(words) }, ...handlers];
  }

  reset(): void {
    this.#abort();
    this.#interruptEnable = false;
    this.#interrupt = false;
  }

  /** Answers by the registers of the extended capability at `start`. */
  serve(registers: RegisterBlock, start: number): void {
    const { capability, control, status, writeMailbox, readMailbox } = DOE;
    registers.onRead(start + capability, DOE.size - capability, (length) => {
      for (const at of [capability, control, status]) registers.set32(start + at, this.#read(at));
      registers.set32(start + readMailbox, length === 4 ? this.#read(readMailbox) : 0);
    });
    for (const at of [control, status, writeMailbox, readMailbox]) {
      registers.onWrite(start + at, (write) => this.#written(at, write));
    }
  }

  /** Mailboxes are written whole; the bytes of the others that are not written, as those that are: QEMU's deposit32(). */
  #written(register: number, { written, from, length }: RegisterWrite): void {
    const value = (written | (written >>> (8 * from))) >>> 0;
    if (register === DOE.control) this.#control(value, from === 0);
    if (register === DOE.status && DoeStatus.decode(value).interrupt) this.#interrupt = false;
    if (length < 4) return;
    if (register === DOE.writeMailbox) this.#request.push(value);
    if (register === DOE.readMailbox) this.#take();
  }

  #read(register: number): number {
    const [ready, error] = [this.#ready, this.#error];
    if (register === DOE.capability) return DoeCapability.encode({ interrupt: true, vector: this.vector });
    if (register === DOE.control) return DoeControl.encode({ interruptEnable: this.#interruptEnable });
    if (register === DOE.status) return DoeStatus.encode({ ready, error, interrupt: this.#interrupt });
    return register === DOE.readMailbox && ready && !error ? (this.#answer[this.#taken] ?? 0) : 0;
  }

  #control(value: number, fromStart: boolean): void {
    const { abort, go, interruptEnable } = DoeControl.decode(value);
    if (abort) {
      this.#abort();
      return;
    }
    if (go) this.#respond();
    if (interruptEnable || fromStart) this.#interruptEnable = interruptEnable;
  }

  #abort(): void {
    this.#ready = false;
    this.#error &&= this.quirks.has('doe-error-stays');
    this.#forget();
  }

  #forget(): void {
    [this.#request, this.#answer, this.#taken] = [[], [], 0];
  }

  /** A word of the answer has been read; there is an error if there was none. */
  #take(): void {
    this.#taken++;
    if (this.#taken === this.#answer.length) {
      this.#forget();
      this.#ready = false;
    } else if (this.#taken > this.#answer.length && !this.quirks.has('doe-underflow-unnoticed')) {
      this.#error = true;
      this.#signal();
    }
  }

  #signal(): void {
    if (!this.#interruptEnable || this.#interrupt) return;
    this.#interrupt = true;
    this.interrupt(this.vector);
  }

  #respond(): void {
    if (this.#error) return;
    const [header1 = 0, header2 = 0, ...words] = this.#request;
    const { vendorId, type } = DoeHeader1.decode(header1);
    const complete = DoeHeader2.decode(header2).length === DOE_HEADER_WORDS + words.length;
    const handler = this.#handlers.find((each) => each.vendorId === vendorId && each.type === type);
    const answer = complete ? handler?.answer(words) : undefined;
    if (!answer) {
      this.#forget();
      return;
    }
    this.#answer.push(header1, DoeHeader2.encode({ length: DOE_HEADER_WORDS + answer.length }), ...answer);
    this.#ready = true;
    this.#signal();
  }

  #discovery([request = 0]: readonly number[]): number[] | undefined {
    const { index } = DiscoveryRequest.decode(request);
    const handler = this.#handlers[index];
    const next = index + 1 < this.#handlers.length ? index + 1 : 0;
    return handler && [DiscoveryResponse.encode({ vendorId: handler.vendorId, type: handler.type, next })];
  }
}
