/**
 * PCI functions of QEMU beside those of CXL, as far as they take room on a bus: memory BARs, and whether another bus is behind
 * them. Tried on 10.0.13 by `query-pci`; I/O BARs and ROMs are left out, for firmware here places neither.
 */

export interface BarFacts {
  readonly index: number;
  readonly size: bigint;
  readonly is64: boolean;
  readonly prefetchable: boolean;
}

export interface FunctionFacts {
  readonly bars: readonly BarFacts[];
  /** Whether there is a bus behind it. */
  readonly isBridge: boolean;
}

/** `index:size`, with `64` for a BAR of 64 bits and `p` for a prefetchable one. */
const BARS: Readonly<Record<string, string>> = {
  'virtio-(net|rng|balloon|scsi|serial|blk|gpu|keyboard|mouse|tablet|crypto|mem|9p|input-host|multitouch)(-pci)?(-(non-)?transitional)?':
    '1:4K 4:16K/64p',
  'virtio-(iommu|pmem)-pci': '4:16K/64p',
  'virtio-vga': '0:8M/p 2:16K/64p 4:4K',
  e1000: '0:128K',
  e1000e: '0:128K 1:128K 3:16K',
  igb: '0:128K 1:128K 3:16K/64',
  rtl8139: '1:256B',
  vmxnet3: '0:4K 1:4K 2:8K',
  ne2k_pci: '',
  pcnet: '1:32B',
  'i825(50|57b|59c)': '0:4K/p 2:128K',
  tulip: '1:128B',
  nvme: '0:16K/64',
  '(qemu|nec-usb)-xhci': '0:16K/64',
  'ich9-ahci|ahci': '5:4K',
  'ich9-usb-ehci[12]|usb-ehci': '0:4K',
  '(ich9|piix3|piix4)-usb-uhci[1-6]?': '',
  'pci-ohci': '0:256B',
  '(ich9-)?intel-hda': '0:16K',
  'VGA|secondary-vga|bochs-display': '0:16M/p 2:4K',
  'cirrus-vga': '0:32M/p 1:4K',
  'ati-vga': '0:16M/p 2:16K',
  'pvpanic-pci': '0:16B',
  edu: '0:1M',
  i6300esb: '0:16B',
  'pci-serial(-[24]x)?': '',
  'sdhci-pci': '0:256B',
  megasas: '0:16K/64 3:256K/64',
  'megasas-gen2': '1:16K/64 3:256K/64',
  lsi53c895a: '1:1K 2:8K',
  mptsas1068: '1:16K 2:64K',
  pvscsi: '0:32K',
  'piix3-ide': '',
  am53c974: '',
  'pci-testdev': '0:4K',
  'ivshmem-plain': '0:256B',
};

const BRIDGES: Readonly<Record<string, string>> = {
  'pci-bridge|pcie-pci-bridge': '0:256B/64',
  'ioh3420|x3130-upstream|xio3130-downstream|i82801b11-bridge': '',
  'pcie-root-port': '0:4K',
};

const UNIT = { B: 1n, K: 1n << 10n, M: 1n << 20n } as const;

/** Undefined for what is no PCI function that is known here. */
export function functionFactsOf(driver: string): FunctionFacts | undefined {
  const bars = found(BARS, driver);
  if (bars !== undefined) return { bars: barsOf(bars), isBridge: false };
  const ofBridge = found(BRIDGES, driver);
  return ofBridge === undefined ? undefined : { bars: barsOf(ofBridge), isBridge: true };
}

const found = (table: Readonly<Record<string, string>>, driver: string): string | undefined =>
  Object.entries(table).find(([pattern]) => new RegExp(`^(${pattern})$`).test(driver))?.[1];

const barsOf = (text: string): BarFacts[] =>
  [...text.matchAll(/(\d):(\d+)([BKM])(?:\/(64)?(p)?)?/g)].map(([, index, size, unit, wide, prefetchable]) => ({
    index: Number(index),
    size: BigInt(`${size}`) * UNIT[unit as keyof typeof UNIT],
    is64: wide !== undefined,
    prefetchable: prefetchable !== undefined,
  }));
