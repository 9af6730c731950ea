/** Memory that Linux is told of on its command line, beside what firmware tells it. */
import { E820_TYPE, type E820Entry } from '../codec/acpi/e820';
import { hex } from '../codec/range';

/** Linux arch/x86/kernel/e820.c: parse_memmap_one(). */
export const memmap = ({ base, size, type }: E820Entry): string =>
  type === E820_TYPE.RAM ? `memmap=${hex(size)}@${hex(base)}` : `memmap=${hex(size)}%${hex(base)}+${hex(type)}`;

/** What {@link memmap} has told on the command line, which `/sys/firmware/memmap` leaves out. */
export const toldOf = (commandLine: string): E820Entry[] =>
  [...commandLine.matchAll(/memmap=(\w+)(?:@(\w+)|%(\w+)\+(\w+))/g)].map(([, size = '0', ram, other = '0', type]) => ({
    ...{ base: BigInt(ram ?? other), size: BigInt(size), type: type ? Number(type) : E820_TYPE.RAM },
  }));
