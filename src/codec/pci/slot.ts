/** PCI Express Base 6.0 Sections 7.5.3.9 to 7.5.3.11: registers of a slot, in the PCI Express Capability of the port above it. */
import { RO, RW, RW1C, register32 } from '../register';

/** Section 7.5.3.9: Slot Capabilities Register. */
export const SlotCapabilities = register32({
  attentionButton: RO(0),
  powerController: RO(1),
  attentionIndicator: RO(3),
  powerIndicator: RO(4),
  surprise: RO(5),
  hotPlug: RO(6),
  interlock: RO(17),
  slotNumber: RO(31, 19),
});

/** Slot Control Register, with Slot Status in the high half. A power controller is off while its bit is set. */
export const Slot = register32({
  attentionButtonEnable: RW(0),
  presenceDetectEnable: RW(3),
  commandCompletedEnable: RW(4),
  hotPlugInterruptEnable: RW(5),
  attentionIndicator: RW(7, 6),
  powerIndicator: RW(9, 8),
  powerOff: RW(10),
  toggleInterlock: RO(11),
  attentionButtonPressed: RW1C(16),
  powerFaultDetected: RW1C(17),
  presenceDetectChanged: RW1C(19),
  commandCompleted: RW1C(20),
  presenceDetected: RO(22),
  interlocked: RO(23),
  linkStateChanged: RW1C(24),
});

/** Of attention and power indicator. */
export const INDICATOR = { on: 1, blinking: 2, off: 3 } as const;
