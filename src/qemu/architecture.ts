/** The architectures whose QEMUs have CXL: names of programs, and of what Debian's packages of them bring. */

import { basename } from 'node:path';
import { DEFAULT_PLATFORM, type PlatformName, platformOf } from '../ledger/platforms';

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

/** The platform of a QEMU, by the name of its program; that of x86_64 unless it tells. */
export const platformOfProgram = (path: string): PlatformName =>
  platformOf(/qemu-system-(\w+)/.exec(basename(path))?.[1] ?? '') ?? DEFAULT_PLATFORM;

export const programOf = (architecture: ArchitectureName): string => `qemu-system-${architecture}`;
