/**
 * A virtual clock that stands still until it is moved on, by no less than it should be and a few milliseconds more, in next to no
 * real time. The processor halts at its first instruction, so that nothing but timers happens; QEMU's clock then jumps from
 * one to the next (docs/devel/tcg-icount.rst: `sleep=off`); and a watchdog pauses the machine.
 */

import { needDevice, platformOfOffer, type QemuOffer } from '../ledger/offer';
import type { PlatformName } from '../ledger/platforms';
import type { Qemu } from './process';
import type { Watchdog } from './watchdog';
import { I6300ESB } from './watchdog-i6300esb';
import { IB700 } from './watchdog-ib700';

interface Stepped {
  readonly watchdog: Watchdog;
  /** Firmware that does nothing but halt. */
  readonly firmware: Uint8Array;
}

const FIRMWARE = 'hlt.bin';
const FIRMWARE_SIZE = 64 * 1024;

const STEPPED: Readonly<Record<PlatformName, Stepped>> = {
  q35: { watchdog: IB700, firmware: Buffer.alloc(FIRMWARE_SIZE, 0xf4) }, // HLT
  virt: { watchdog: I6300ESB, firmware: Buffer.alloc(FIRMWARE_SIZE, '7f2003d5ffffff17', 'hex') }, // WFI, and back to it
};

export function haltingFirmware(offer: QemuOffer): { readonly name: string; readonly bytes: Uint8Array } {
  return { name: FIRMWARE, bytes: STEPPED[platformOfOffer(offer)].firmware };
}

/** @throws NotApplicable if the QEMU has no such watchdog. */
export function steppedClockArguments(offer: QemuOffer): string[] {
  const { device, option } = STEPPED[platformOfOffer(offer)].watchdog;
  needDevice(offer, device);
  return ['-icount', 'shift=0,sleep=off', '-bios', FIRMWARE, '-device', option, '-action', 'watchdog=pause'];
}

/** Moves the clock on. @throws RangeError if the watchdog has no such step */
export async function moveClock({ qmp, qtest }: Qemu, offer: QemuOffer, seconds: number): Promise<void> {
  const { step, longest, set } = STEPPED[platformOfOffer(offer)].watchdog;
  if (seconds % step !== 0) throw new RangeError(`the clock moves by ${step} seconds, not by ${seconds}`);
  for (let left = seconds; left > 0; left -= longest) {
    await set(qtest, Math.min(left, longest));
    const paused = qmp.event('STOP');
    await Promise.all([qmp.execute('cont'), paused]);
  }
}
