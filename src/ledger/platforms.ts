/** The machines on which QEMU has CXL, and what of them is known before one is started. */

/** A value of `-machine`. */
export type PlatformName = 'q35' | 'virt';

export interface PlatformFacts {
  /** As QMP's `query-target` has it. */
  readonly architecture: 'x86_64' | 'aarch64';
  /** The first release with CXL on it. */
  readonly from: string;
  /** `-cpu`, unless QEMU's default will do: it can address all that the machine has. */
  readonly processor?: string;
  /** By what the memory map reaches the operating system. */
  readonly memoryMap: string;
  /** What the memory map is called where it is reported, and the file of a dump that has it, as entries of E820's form. */
  readonly map: { readonly name: string; readonly file: string };
}

export const PLATFORMS: Readonly<Record<PlatformName, PlatformFacts>> = {
  q35: { architecture: 'x86_64', from: '7.1', memoryMap: 'E820', map: { name: 'E820', file: 'e820.bin' } },
  virt: {
    architecture: 'aarch64',
    from: '10.1',
    processor: 'max',
    memoryMap: 'the device tree and EFI',
    map: { name: 'memory map', file: 'memory-map.bin' },
  },
};

export const PLATFORM_NAMES = Object.keys(PLATFORMS) as PlatformName[];

export const ARCHITECTURES = PLATFORM_NAMES.map((name) => PLATFORMS[name].architecture);

export const DEFAULT_PLATFORM: PlatformName = 'q35';

export const platformOf = (architecture: string): PlatformName | undefined =>
  PLATFORM_NAMES.find((name) => PLATFORMS[name].architecture === architecture);

/** @throws RangeError if there is no such platform. */
export function platformNamed(name: string): PlatformName {
  const found = PLATFORM_NAMES.find((each) => each === name);
  if (!found) throw new RangeError(`no platform ${name}; there are ${PLATFORM_NAMES.join(', ')}`);
  return found;
}
