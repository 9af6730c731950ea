import { fromBytes, toBytes } from '../../codec/bytes';
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
import type { Responder } from '../board/address-space';

/** One kind of data object, and what is answered to its words; undefined for what makes no sense. */
export interface DoeHandler extends DoeProtocol {
  readonly answer: (words: readonly number[]) => readonly number[] | undefined;
}

/**
 * A DOE mailbox, behind its capability header: PCI Express Base 6.0 Section 7.9.24. It answers as soon as it is told to
 * go; what it does not understand it passes over, as QEMU hw/pci/pcie_doe.c does.
 */
export class DoeMailbox implements Responder {
  readonly #handlers: readonly DoeHandler[];
  #request: number[] = [];
  #answer: number[] = [];
  #interruptEnable = false;

  constructor(
    handlers: readonly DoeHandler[],
    private readonly vector = 0,
  ) {
    this.#handlers = [{ ...DISCOVERY, answer: (words) => this.#discovery(words) }, ...handlers];
  }

  reset(): void {
    this.#request = [];
    this.#answer = [];
    this.#interruptEnable = false;
  }

  read(offset: bigint, length: number): Uint8Array {
    const within = Number(offset) % 4;
    const register = this.#read(Number(offset) - within);
    return toBytes(register, 4).subarray(within, within + length);
  }

  /** Registers are written whole. */
  write(offset: bigint, bytes: Uint8Array): void {
    const value = Number(fromBytes(bytes));
    const register = Number(offset);
    if (bytes.length < 4) return;
    if (register === DOE.control) this.#control(value);
    if (register === DOE.writeMailbox) this.#request.push(value);
    if (register === DOE.readMailbox) this.#answer.shift();
  }

  #read(register: number): number {
    const [next] = this.#answer;
    if (register === DOE.capability) return DoeCapability.encode({ interrupt: true, vector: this.vector });
    if (register === DOE.control) return DoeControl.encode({ interruptEnable: this.#interruptEnable });
    if (register === DOE.status) return DoeStatus.encode({ ready: next !== undefined });
    return register === DOE.readMailbox ? (next ?? 0) : 0;
  }

  #control(value: number): void {
    const { abort, go, interruptEnable } = DoeControl.decode(value);
    this.#interruptEnable = interruptEnable;
    if (abort) this.reset();
    else if (go) {
      this.#answer = this.#respond(this.#request);
      this.#request = [];
    }
  }

  #respond([header1 = 0, header2 = 0, ...words]: readonly number[]): number[] {
    const { vendorId, type } = DoeHeader1.decode(header1);
    const complete = DoeHeader2.decode(header2).length === DOE_HEADER_WORDS + words.length;
    const handler = this.#handlers.find((each) => each.vendorId === vendorId && each.type === type);
    const answer = complete ? handler?.answer(words) : undefined;
    return answer ? [header1, DoeHeader2.encode({ length: DOE_HEADER_WORDS + answer.length }), ...answer] : [];
  }

  #discovery([request = 0]: readonly number[]): number[] | undefined {
    const { index } = DiscoveryRequest.decode(request);
    const handler = this.#handlers[index];
    const next = index + 1 < this.#handlers.length ? index + 1 : 0;
    return handler && [DiscoveryResponse.encode({ vendorId: handler.vendorId, type: handler.type, next })];
  }
}
