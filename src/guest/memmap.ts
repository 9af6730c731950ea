/** Memory that Linux is told of: by firmware, and on its command line. */
import { E820_TYPE, type E820Entry } from '../codec/acpi/e820';
import { hex } from '../codec/range';

/** Linux arch/x86/kernel/e820.c: parse_memmap_one(). */
export const memmap = ({ base, size, type }: E820Entry): string =>
  type === E820_TYPE.RAM ? `memmap=${hex(size)}@${hex(base)}` : `memmap=${hex(size)}%${hex(base)}+${hex(type)}`;

/** What {@link memmap} has told on the command line, which `/sys/firmware/memmap` leaves out. */
export const toldOf = (commandLine: string): E820Entry[] =>
  [...commandLine.matchAll(/memmap=(\w+)(?:@(\w+)|%(\w+)\+(\w+))/g)].map(([, size = '0', ram, other = '0', type]) => ({
    base: BigInt(ram ?? other),
    size: BigInt(size),
    type: type ? Number(type) : E820_TYPE.RAM,
  }));

export const PRINT_MEMMAP = 'for e in /sys/firmware/memmap/*; do echo $(cat $e/start $e/end $e/type); done';

/** Names that Linux gives to E820 types: arch/x86/kernel/e820.c: e820_type_to_string(). */
const E820_NAMES: Readonly<Record<string, number>> = {
  'System RAM': E820_TYPE.RAM,
  Reserved: E820_TYPE.RESERVED,
  'ACPI Tables': E820_TYPE.ACPI,
  'ACPI Non-volatile Storage': E820_TYPE.NVS,
  'Unusable memory': E820_TYPE.UNUSABLE,
  'Soft Reserved': E820_TYPE.SOFT_RESERVED,
};

/** What {@link PRINT_MEMMAP} prints: the memory map of the firmware. */
export const parseMemmap = (text: string): E820Entry[] =>
  [...text.matchAll(/^(\S+) (\S+) (.*)$/gm)].map(([, start = '0', end = '0', name = '']) => ({
    base: BigInt(start),
    size: BigInt(end) - BigInt(start) + 1n,
    type: E820_NAMES[name] ?? 0,
  }));
