/** Capacity of a device as Linux gives it out. drivers/cxl/core/hdm.c: cxl_dpa_alloc(). */
import { Errno, STRERROR } from '../machine/errno';
import type { RegionType } from '../machine/host';

export interface DpaAllocation {
  readonly type: RegionType;
  readonly base: bigint;
  readonly size: bigint;
  /** Bytes of DPA that are passed over between the allocation before and this one. */
  readonly skip: bigint;
}

/** Volatile capacity comes first, persistent capacity behind it; decoder n maps the n-th allocation. */
export class DpaSpace {
  readonly #allocations: DpaAllocation[] = [];

  constructor(
    readonly volatile: bigint,
    readonly persistent: bigint,
  ) {}

  /** The next decoder's capacity. @throws Errno in the words that follow the decoder's name: `set_mode failed: …`. */
  allocate(type: RegionType, size: bigint): DpaAllocation {
    const partition =
      type === 'ram' ? { base: 0n, size: this.volatile } : { base: this.volatile, size: this.persistent };
    if (partition.size === 0n) throw new Errno('ENXIO', `set_mode failed: ${STRERROR.ENXIO}`);
    const used = this.#used();
    const base = used > partition.base ? used : partition.base;
    if (base + size > partition.base + partition.size) {
      throw new Errno('ENOSPC', `set_dpa_size failed: ${STRERROR.ENOSPC}`);
    }
    const allocation = { type, base, size, skip: base - used };
    this.#allocations.push(allocation);
    return allocation;
  }

  /** The capacity of the next decoder, which firmware has committed. Linux drivers/cxl/core/hdm.c: init_hdm_decoder(). */
  adopt(skip: bigint, size: bigint): DpaAllocation {
    const base = this.#used() + skip;
    const allocation = { type: base < this.volatile ? 'ram' : 'pmem', base, size, skip } as const;
    this.#allocations.push(allocation);
    return allocation;
  }

  /** How many decoders have capacity. */
  get count(): number {
    return this.#allocations.length;
  }

  indexOf = (allocation: DpaAllocation): number => this.#allocations.indexOf(allocation);

  /** @throws Errno unless it is the last: decoders are given back in reverse order. */
  free(allocation: DpaAllocation): void {
    if (this.#allocations.at(-1) !== allocation) throw new Errno('EBUSY', STRERROR.EBUSY);
    this.#allocations.pop();
  }

  /** Where the last allocation ends. */
  #used(): bigint {
    const last = this.#allocations.at(-1);
    return last ? last.base + last.size : 0n;
  }
}
