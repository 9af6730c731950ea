/** `cxl-switch-mailbox-cci`: QEMU hw/cxl/switch-mailbox-cci.c: cswbcci_realize(). */
import type { Option } from '../options/option';
import { refuse } from './refuse';

/** @throws Refusal */
export function checkSwitchMailbox(device: Option): void {
  if (device.value('target') === undefined) refuse('Target not set', device);
}
