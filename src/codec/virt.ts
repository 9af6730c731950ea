/** The Arm machine `virt`, as far as it is always at the same addresses. QEMU hw/arm/virt.c: base_memmap. */

/** Where RAM begins, with the device tree at its start. */
export const RAM_BASE = 0x4000_0000n;

export const FW_CFG_BASE = 0x0902_0000n;

/** What nodes of the device tree are compatible with. */
export const COMPATIBLE = { fwCfg: 'qemu,fw-cfg-mmio', pci: 'pci-host-ecam-generic' } as const;
