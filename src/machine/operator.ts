import type { QmpCommandName } from '../ledger/qmp-commands';
import type { Hpa } from './hardware';
import type { QmpArguments } from './qmp';
import type { FixedWindow, Type3 } from './topology';

/** What a person at the machine can do. On QEMU this is QMP, and the backing files of its memory. */
export interface Operator {
  /** Ends the machine. Nothing of it is left: no process, no socket, no file. */
  powerOff(): Promise<void>;
  /** Resets the machine; software has to start over. */
  reset(): Promise<void>;
  /** Plugs a device into the slot of its root port. */
  hotAdd(device: Type3): Promise<void>;
  /** Asks for a device to be removed, as by the attention button: it is taken out once software lets it go. */
  hotRemove(id: string): Promise<void>;
  /** Ids of the Type 3 devices that are in the machine. */
  plugged(): Promise<string[]>;
  /** Whether the machine has reported that device `id` was removed: on QEMU by the event DEVICE_DELETED. */
  hasReportedRemoval(id: string): Promise<boolean>;
  /** Plugs in a device with those properties, which is to be refused: QMP's `device_add`. @throws Refusal, in QEMU's words */
  plugIn(given: QmpArguments): Promise<void>;
  /** Takes the memory of device `id`, which was removed, out of the machine: whether it let go of it. */
  takeMemory(id: string): Promise<boolean>;
  /** Plugs a new device with the memory of device `id`, which was removed, into its slot: whether the machine lets it have that. */
  reuseMemory(id: string): Promise<boolean>;
  /**
   * Moves the running machine to another one of the same make, with media of its own; what is asked of it from now on is asked
   * of that one. Devices that were added are not among it. @throws Refusal, in QEMU's words; the machine is where it was then
   */
  migrate(): Promise<void>;
  /** Moves the machine's clock on, in a machine set up for it. In steps of 2 seconds, for so QEMU does. */
  elapse(seconds: number): Promise<void>;
  /** Its fixed memory windows, as the machine tells them itself: on QEMU by its object model. */
  fixedWindows(): Promise<FixedWindow[]>;
  /** What accesses to host physical addresses yield, as the machine decodes them now. */
  readMemory(address: Hpa, length: number): Promise<Uint8Array>;
  /**
   * Gives QMP's CXL command `name` for device `id`: errors, events, poison to inject, dynamic capacity to add or release.
   * @throws Refusal in QEMU's words; NotApplicable if the QEMU has no such command, or no such argument of it.
   */
  command(id: string, name: QmpCommandName, given: QmpArguments): Promise<void>;
  /** What the media of device `id` hold, from DPA `dpa`: seen from outside the machine. */
  readMedia(id: string, dpa: bigint, length: number): Promise<Uint8Array>;
}
