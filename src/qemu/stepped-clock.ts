/**
 * A virtual clock that stands still until it is moved on, by no less than it should be and a few milliseconds more, in next to no
 * real time. The processor halts at its first instruction, so that nothing but timers happens; QEMU's clock then jumps from
 * one to the next (docs/devel/tcg-icount.rst: `sleep=off`); and a watchdog pauses the machine (hw/watchdog/wdt_ib700.c).
 */
import { needDevice, type QemuOffer } from './offer';
import type { Qemu } from './process';

/** Firmware that is nothing but HLT. */
export const HALTING_FIRMWARE = { name: 'hlt.bin', bytes: Buffer.alloc(64 * 1024, 0xf4) } as const;

const WATCHDOG = 'ib700';

/** Where the watchdog takes a number that means the longest time less so many steps. */
const WATCHDOG_PORT = 0x443;
const LONGEST = 30;

/** The watchdog's steps, in seconds. */
const STEP = 2;

/** @throws NotApplicable if the QEMU has no such watchdog. */
export function steppedClockArguments(offer: QemuOffer): string[] {
  needDevice(offer, WATCHDOG);
  return [
    ...['-icount', 'shift=0,sleep=off', '-bios', HALTING_FIRMWARE.name],
    ...['-device', WATCHDOG, '-action', 'watchdog=pause'],
  ];
}

/** Moves the clock on. @throws RangeError if `seconds` are no multiple of 2 */
export async function moveClock({ qmp, qtest }: Qemu, seconds: number): Promise<void> {
  if (seconds % STEP !== 0) throw new RangeError(`the clock moves by ${STEP} seconds, not by ${seconds}`);
  for (let left = seconds; left > 0; left -= LONGEST) {
    await qtest.command(`outb ${WATCHDOG_PORT} ${(LONGEST - Math.min(left, LONGEST)) / STEP}`);
    const paused = qmp.event('STOP');
    await Promise.all([qmp.execute('cont'), paused]);
  }
}
