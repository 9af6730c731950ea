/** Data Object Exchange by a function's configuration space. PCI Express Base 6.0 Section 7.9.24; Linux drivers/pci/doe.c. */
import { DecodeError } from '../codec/decode-error';
import { EXTENDED_ID } from '../codec/pci/capability';
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
import { hex } from '../codec/range';
import type { PciDevice } from './pci';

const POLLS = 100;

/** The first word of a DOE Discovery's answer. */
const DISCOVERED = 0;

export class Doe {
  private constructor(
    private readonly device: PciDevice,
    private readonly at: number,
  ) {}

  /** The mailbox of `device` that takes data objects of that kind, if there is one. @throws DecodeError if discovery fails. */
  static async find(device: PciDevice, { vendorId, type }: DoeProtocol): Promise<Doe | undefined> {
    for (const at of await device.extendedCapabilities(EXTENDED_ID.doe)) {
      const doe = new Doe(device, at);
      const protocols = await doe.#protocols();
      if (protocols.some((each) => each.vendorId === vendorId && each.type === type)) return doe;
    }
    return undefined;
  }

  /** What is answered to `words`; headers are added and taken off. @throws DecodeError if nothing is, or of another kind. */
  async exchange(protocol: DoeProtocol, words: readonly number[]): Promise<number[]> {
    const answer = await this.ask(protocol, words);
    if (!answer) throw new DecodeError(this.#name, `has not answered after ${POLLS} polls`);
    return answer;
  }

  /** The same of words that need not be answered: undefined if they are not. */
  async ask({ vendorId, type }: DoeProtocol, words: readonly number[]): Promise<number[] | undefined> {
    const { device, at } = this;
    const header1 = DoeHeader1.encode({ vendorId, type });
    const header2 = DoeHeader2.encode({ length: DOE_HEADER_WORDS + words.length });
    await Promise.all([
      ...[header1, header2, ...words].map((word) => device.write(at + DOE.writeMailbox, word)),
      device.write(at + DOE.control, DoeControl.encode({ go: true })),
    ]);
    if (!(await this.#ready())) return undefined;
    const [kind = 0, second = 0] = await this.#take(DOE_HEADER_WORDS);
    if (kind !== header1) throw new DecodeError(this.#name, `answers ${hex(header1)} with ${hex(kind)}`);
    const length = DoeHeader2.decode(second).length - DOE_HEADER_WORDS;
    if (length < 0) throw new DecodeError(this.#name, 'answers with less than a header');
    return this.#take(length);
  }

  /** By their indices, until one names none after it. */
  async #protocols(): Promise<DoeProtocol[]> {
    const found: DoeProtocol[] = [];
    let index = 0;
    do {
      const answer = await this.exchange(DISCOVERY, [DiscoveryRequest.encode({ index })]);
      const { vendorId, type, next } = DiscoveryResponse.decode(answer[DISCOVERED] ?? 0);
      if (next !== 0 && next <= index) throw new DecodeError(this.#name, `DOE Discovery goes from ${index} to ${next}`);
      found.push({ vendorId, type });
      index = next;
    } while (index !== 0);
    return found;
  }

  /** Each word is there until it is acknowledged, by a write of whatever. */
  async #take(count: number): Promise<number[]> {
    const words = Array.from({ length: count }, () => {
      const word = this.device.read(this.at + DOE.readMailbox);
      return Promise.all([word, this.device.write(this.at + DOE.readMailbox, 0)]);
    });
    return (await Promise.all(words)).map(([word]) => word);
  }

  async #ready(): Promise<boolean> {
    for (let poll = 0; poll < POLLS; poll++) {
      const { ready, error } = DoeStatus.decode(await this.device.read(this.at + DOE.status));
      if (error) throw new DecodeError(this.#name, 'says that there was an error');
      if (ready) return true;
    }
    return false;
  }

  get #name(): string {
    return `DOE of ${this.device.address} at ${hex(this.at)}`;
  }
}
