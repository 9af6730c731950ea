/** The parts of q35's memory controller hub that firmware programs. QEMU hw/pci-host/q35.c. */
import { RW, register32 } from '../register';

export const MCH = { bus: 0, device: 0, fn: 0 } as const;

export const MCH_IDENTITY = 0x29c0_8086;

/** Offset of PCIEXBAR, which places ECAM. */
export const PCIEXBAR = 0x60;

/** Low half of PCIEXBAR: 256 MiB for 256 buses if `length` is 0. */
export const PciExpressBar = register32({ enable: RW(0), length: RW(2, 1), base: RW(31, 28) });
