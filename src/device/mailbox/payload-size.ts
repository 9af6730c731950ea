/** How much the mailboxes of QEMU's devices and switches hold: include/hw/cxl/cxl_device.h: CXL_MAILBOX_PAYLOAD_SHIFT. */
export const PAYLOAD_SHIFT = 11;

/** Bytes that a mailbox takes and yields at most. */
export const PAYLOAD_SIZE = 2 ** PAYLOAD_SHIFT;
