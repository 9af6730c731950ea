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

/** Linux shows the memory map of EFI in its log alone, and if it was told to. */
export const PRINT_MEMMAP = `if [ -d /sys/firmware/memmap ]
then for e in /sys/firmware/memmap/*; do echo $(cat $e/start $e/end $e/type); done
else dmesg | sed -n 's/^\\[[^]]*\\] efi:   \\(0x[0-9a-f]*-0x[0-9a-f]* \\[.*\\]\\)$/\\1/p'; fi`;

/** Names that Linux gives to E820 types: arch/x86/kernel/e820.c: e820_type_to_string(). */
const E820_NAMES: Readonly<Record<string, number>> = {
  'System RAM': E820_TYPE.RAM,
  Reserved: E820_TYPE.RESERVED,
  'ACPI Tables': E820_TYPE.ACPI,
  'ACPI Non-volatile Storage': E820_TYPE.NVS,
  'Unusable memory': E820_TYPE.UNUSABLE,
  'Soft Reserved': E820_TYPE.SOFT_RESERVED,
};

/** Memory of these types is for the operating system once firmware has handed over. Linux drivers/firmware/efi/efi.c: memory_type_name. */
const EFI_NAMES: Readonly<Record<string, number>> = {
  'Loader Code': E820_TYPE.RAM,
  'Loader Data': E820_TYPE.RAM,
  'Boot Code': E820_TYPE.RAM,
  'Boot Data': E820_TYPE.RAM,
  Conventional: E820_TYPE.RAM,
  'ACPI Reclaim': E820_TYPE.ACPI,
  'ACPI Mem NVS': E820_TYPE.NVS,
  Unusable: E820_TYPE.UNUSABLE,
};

/** What memory is that EFI describes with this type and these attributes: `Conventional|   |  |SP|...`. UEFI 2.10, section 7.2.3. */
function typeOfEfi(described: string): number {
  const [type = '', ...attributes] = described.split('|').map((part) => part.trim());
  const known = EFI_NAMES[type] ?? E820_TYPE.RESERVED;
  return known === E820_TYPE.RAM && attributes.includes('SP') ? E820_TYPE.SOFT_RESERVED : known;
}

/** What {@link PRINT_MEMMAP} prints: the memory map of the firmware, as E820 or as EFI has it. */
export const parseMemmap = (text: string): E820Entry[] => [...parseE820(text), ...parseEfi(text)];

const parseEfi = (text: string): E820Entry[] =>
  [...text.matchAll(/^(0x[0-9a-f]+)-(0x[0-9a-f]+) \[(.*)\]$/gm)].map(([, start = '0', end = '0', described = '']) => ({
    base: BigInt(start),
    size: BigInt(end) - BigInt(start) + 1n,
    type: typeOfEfi(described),
  }));

const parseE820 = (text: string): E820Entry[] =>
  [...text.matchAll(/^(0x\S+) (0x\S+) (.*)$/gm)].map(([, start = '0', end = '0', name = '']) => ({
    base: BigInt(start),
    size: BigInt(end) - BigInt(start) + 1n,
    type: E820_NAMES[name] ?? 0,
  }));
