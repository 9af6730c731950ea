/** Memory that a dax device has, and what of it can be system RAM. */
import { end, type Range } from '../codec/range';

const PAGE = 4096n;
const HUGE_PAGE = 2n << 20n;

/** Linux keeps this much for each page of a namespace in the namespace itself: drivers/nvdimm/pfn.h: MAX_STRUCT_PAGE_SIZE. */
const PAGE_STRUCT = 64n;
const INFO_BLOCK = 8192n;

/** Of a machine with less than 64 GiB. Linux arch/x86/mm/init_64.c: probe_memory_block_size(). */
const MEMORY_BLOCK = 128n << 20n;

/** The device of a devdax namespace that fills `region`, behind the page map. Linux drivers/nvdimm/pfn_devs.c: nd_pfn_init(). */
export function devdaxOf({ base, size }: Range): Range {
  const kept = alignUp(INFO_BLOCK + PAGE_STRUCT * (size / PAGE), HUGE_PAGE);
  return { base: base + kept, size: size - kept };
}

/** The whole memory blocks inside. Linux drivers/dax/kmem.c: dax_kmem_range(). */
export function memoryBlocks(device: Range): Range {
  const base = alignUp(device.base, MEMORY_BLOCK);
  return { base, size: (end(device) / MEMORY_BLOCK) * MEMORY_BLOCK - base };
}

const alignUp = (value: bigint, to: bigint): bigint => ((value + to - 1n) / to) * to;
