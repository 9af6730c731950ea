/** The port of a host bridge or a switch, and which of its decoders carries which region. Linux drivers/cxl/core/region.c: cxl_port_attach_region(). */

import type { HdmDecoders, Programming } from '../driver/hdm-decoders';
import type { Linux } from '../ledger/linux';
import { Errno, STRERROR } from '../machine/errno';
import type { Hpa } from '../machine/hardware';

/** What a decoder carries. */
interface Carried {
  readonly region: string;
  readonly base: Hpa;
  committed: boolean;
}

/** Without HDM decoders it passes everything to the only port below it, and can carry one region. */
export class Port {
  readonly #carried: (Carried | undefined)[] = [];

  constructor(
    /** `host bridge 12`; of a switch the PCI address of its upstream port. */
    readonly name: string,
    readonly decoders: HdmDecoders | undefined,
    private readonly linux: Linux,
  ) {}

  /** Reserves a decoder for the region at `base`, unless it has one. @throws Errno EBUSY */
  attach(region: string, base: Hpa): void {
    if (this.#numberOf(region) >= 0) return;
    const violated = this.#carried.some((other) => other && other.base > base); // "HPA order violation"
    const n = this.#free();
    if (violated || n >= (this.decoders?.count ?? 1)) throw new Errno('EBUSY', STRERROR.EBUSY);
    this.#carried[n] = { region, base, committed: false };
  }

  /** Decoder `n` has been committed for the region before. */
  adopt(n: number, region: string, base: Hpa): void {
    this.#carried[n] = { region, base, committed: true };
  }

  detach(region: string): void {
    const n = this.#numberOf(region);
    if (n >= 0) this.#carried[n] = undefined;
  }

  /** Does nothing if the region's decoder is committed already. @throws Errno */
  async commit(region: string, programming: Programming): Promise<void> {
    const n = this.#numberOf(region);
    const carried = this.#carried[n];
    if (!this.decoders || !carried || carried.committed) return;
    const result = await this.decoders.commit(n, programming);
    if (result !== 'committed') {
      await this.decoders.reset(n);
      throw new Errno(result, STRERROR[result]);
    }
    carried.committed = true;
  }

  /** @throws NotApplicable if a decoder after that one is committed, and this Linux minds: it says EBUSY. */
  async reset(region: string): Promise<void> {
    const n = this.#numberOf(region);
    const carried = this.#carried[n];
    if (!this.decoders || !carried?.committed) return;
    if (n < this.#lastCommitted()) this.linux.need('resetsInAnyOrder', 'reset HDM decoders in any order');
    await this.decoders.reset(n);
    carried.committed = false;
  }

  #numberOf = (region: string): number => this.#carried.findIndex((each) => each?.region === region);

  #lastCommitted = (): number => this.#carried.reduce((last, each, n) => (each?.committed ? n : last), -1);

  /** The decoder after the last that is committed, if there is none below that is not; match_free_decoder(). */
  #free(): number {
    const next = this.#lastCommitted() + 1;
    const hole = this.#carried.slice(0, next).some((each) => !each?.committed);
    return hole || this.#carried[next] ? Number.POSITIVE_INFINITY : next;
  }
}
