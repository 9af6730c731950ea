/** What is behind the payload of a mailbox in QEMU's memory: include/hw/cxl/cxl_device.h: CXLDeviceState. */
import { fromBytes } from '../../../codec/bytes';
import type { Quirks } from '../../../ledger/quirks';
import { MachineCrash, Overrun } from '../../../machine/crash';
import { PAYLOAD_SIZE } from '../payload-size';
import type { CommandContext } from './command';

/** Offsets from the end of the payload. */
const STATUS = { at: 0, size: 8 };
const TIMESTAMP = { at: 8, size: 24 };
const PERSISTENT = { at: 40, size: 8 };
const VOLATILE = { at: 48, size: 8 };
const EVENT_LOGS_AT = 64;
const ABORT = { at: 720, size: 8 };

/** Overwrites it with so many bytes of output that the payload has no room for: the quirk `label-read-overruns-payload`. */
export function overrun({ device, state, timestamp, quirks }: CommandContext, bytes: Uint8Array): void {
  if (!quirks.has('label-read-overruns-payload')) return;
  const part = ({ at, size }: typeof STATUS) => (at + size <= bytes.length ? bytes.subarray(at, at + size) : undefined);
  state.memoryDeviceStatus = part(STATUS) ?? state.memoryDeviceStatus;
  if (part(TIMESTAMP)?.[0] === 0) timestamp.unset();
  const [volatile, persistent] = [part(VOLATILE), part(PERSISTENT)];
  if (volatile) device.volatile = fromBytes(volatile);
  if (persistent) device.persistent = fromBytes(persistent);
  state.overrun = Math.max(state.overrun ?? 0, bytes.length);
}

/** Whether QEMU has no function for Request Abort Background Operation any more. */
export const isAbortLost = ({ overrun = 0 }: CommandContext['state']): boolean => overrun >= ABORT.at + ABORT.size;

/** @throws MachineCrash if the locks of the event logs are no more */
export function lockEventLogs({ state }: CommandContext): void {
  if ((state.overrun ?? 0) > EVENT_LOGS_AT) throw new MachineCrash('SIGABRT', 'qemu_mutex_lock_impl');
}

/** @throws Overrun if a command that reads its input up to `length` reads what lies behind the mailbox */
export function demandHeld(length: number, quirks: Quirks): void {
  if (length > PAYLOAD_SIZE && quirks.has('payload-read-behind-mailbox')) {
    throw new Overrun('payload-read-behind-mailbox');
  }
}
