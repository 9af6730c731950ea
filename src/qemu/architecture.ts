/** The architectures whose QEMUs have CXL: names of programs, and of what Debian's packages of them bring. */

export interface Architecture {
  /** As QMP's `query-target` has it. */
  readonly name: string;
  /** Debian packages: QEMU itself, and firmware for its machines. */
  readonly packages: readonly string[];
  /** Folders of `/usr/share` in which QEMU looks for firmware. */
  readonly firmware: readonly string[];
}

export const ARCHITECTURES = {
  x86_64: { name: 'x86_64', packages: ['qemu-system-x86', 'seabios', 'ovmf'], firmware: ['seabios', 'qemu', 'ovmf'] },
  aarch64: {
    name: 'aarch64',
    packages: ['qemu-system-arm', 'qemu-efi-aarch64'],
    firmware: ['qemu', 'qemu-efi-aarch64'],
  },
} as const satisfies Record<string, Architecture>;

export type ArchitectureName = keyof typeof ARCHITECTURES;

export const ARCHITECTURE_NAMES = Object.keys(ARCHITECTURES) as ArchitectureName[];

export const programOf = (architecture: ArchitectureName): string => `qemu-system-${architecture}`;
