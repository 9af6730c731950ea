import { fromBytes, toBytes } from '../codec/bytes';
import {
  DISCOVERY,
  DiscoveryRequest,
  DiscoveryResponse,
  DOE,
  DOE_HEADER_WORDS,
  DoeControl,
  DoeHeader1,
  DoeHeader2,
  type DoeProtocol,
  DoeStatus,
} from '../codec/pci/doe';
import type { Responder } from './address-space';

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

  constructor(handlers: readonly DoeHandler[]) {
    this.#handlers = [{ ...DISCOVERY, answer: (words) => this.#discovery(words) }, ...handlers];
  }

  reset(): void {
    this.#request = [];
    this.#answer = [];
  }

  read(offset: bigint, length: number): Uint8Array {
    const ready = this.#answer.length > 0;
    const [next = 0] = this.#answer;
    const values: Readonly<Record<number, number>> = {
      [DOE.status]: DoeStatus.encode({ ready }),
      [DOE.readMailbox]: next,
    };
    return toBytes(values[Number(offset)] ?? 0, length);
  }

  write(offset: bigint, bytes: Uint8Array): void {
    const value = Number(fromBytes(bytes));
    const register = Number(offset);
    if (register === DOE.control) this.#control(value);
    if (register === DOE.writeMailbox) this.#request.push(value);
    if (register === DOE.readMailbox) this.#answer.shift();
  }

  #control(value: number): void {
    const { abort, go } = DoeControl.decode(value);
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
