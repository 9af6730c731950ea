/** The architectures of guests, by the names that Debian gives them, and in what their images and boots differ. */
import type { PlatformName } from '../ledger/platforms';
import { DEBIAN_ARCHITECTURES, type DebianArchitecture } from '../system/archive';

interface GuestArchitecture {
  /** The machine that boots such an image. */
  readonly platform: PlatformName;
  /** As Node.js has it in `process.arch`, of a host whose KVM runs it. */
  readonly host: string;
  /** Folder of `/usr/lib` in which Debian puts its libraries. */
  readonly libraries: string;
  /** Debian packages beside those that all images have. */
  readonly packages: readonly string[];
  /** Firmware that the image brings, of those packages: QEMU's own does not give Linux ACPI tables there. */
  readonly firmware?: string;
  /** What firmware it is booted with, for people; the first is the default. */
  readonly firmwares: readonly [string, ...string[]];
  /** The kernel's name for QEMU's first serial line. */
  readonly console: string;
  readonly kernelArguments: readonly string[];
  /** For `-cpu`. */
  readonly processor: { readonly kvm: string; readonly tcg: string };
}

export const GUEST_ARCHITECTURES = {
  /**
   * Without its hypervisor bit a processor looks real to Linux, which else refuses to commit regions:
   * arch/x86/mm/pat/set_memory.c: cpu_cache_has_invalidate_memregion().
   */
  amd64: {
    platform: 'q35',
    host: 'x64',
    libraries: 'x86_64-linux-gnu',
    packages: ['linux-image-amd64'],
    firmwares: ['seabios', 'ovmf'],
    console: 'ttyS0',
    kernelArguments: [],
    processor: { kvm: 'host,-hypervisor', tcg: 'max,-hypervisor' },
  },
  /** The memory map of EFI is in the kernel's log alone: drivers/firmware/efi/efi-init.c: reserve_regions(). */
  arm64: {
    platform: 'virt',
    host: 'arm64',
    libraries: 'aarch64-linux-gnu',
    packages: ['linux-image-arm64', 'qemu-efi-aarch64'],
    firmware: 'usr/share/qemu-efi-aarch64/QEMU_EFI.fd',
    firmwares: ['edk2'],
    console: 'ttyAMA0',
    kernelArguments: ['efi=debug'],
    processor: { kvm: 'host', tcg: 'max' },
  },
} as const satisfies Record<GuestArchitectureName, GuestArchitecture>;

export type GuestArchitectureName = DebianArchitecture;

export const DEFAULT_GUEST_ARCHITECTURE: GuestArchitectureName = 'amd64';

export const guestArchitecture = (name: GuestArchitectureName): GuestArchitecture => GUEST_ARCHITECTURES[name];

/** The architecture of images for a platform. */
export const guestArchitectureOf = (platform: PlatformName): GuestArchitectureName =>
  DEBIAN_ARCHITECTURES.find((name) => GUEST_ARCHITECTURES[name].platform === platform) ?? DEFAULT_GUEST_ARCHITECTURE;

/** Name of the image of a suite: `trixie`, `trixie-arm64`. */
export const imageName = (suite: string, architecture: GuestArchitectureName): string =>
  architecture === DEFAULT_GUEST_ARCHITECTURE ? suite : `${suite}-${architecture}`;

/** Suite and architecture of the image with that name. */
export function imageNamed(name: string): { readonly suite: string; readonly architecture: GuestArchitectureName } {
  const architecture = DEBIAN_ARCHITECTURES.find((each) => name.endsWith(`-${each}`)) ?? DEFAULT_GUEST_ARCHITECTURE;
  return { suite: name.replace(new RegExp(`-${architecture}$`), ''), architecture };
}

/** The command that makes the image of that name. */
export function buildCommand(name: string): string {
  const { suite, architecture } = imageNamed(name);
  const arch = architecture === DEFAULT_GUEST_ARCHITECTURE ? '' : ` --arch ${architecture}`;
  return `npx cxl-conformance guest build --suite ${suite}${arch}`;
}
