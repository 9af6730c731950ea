/** A watchdog on the ISA bus. QEMU hw/watchdog/wdt_ib700.c. */
import type { Watchdog } from './watchdog';

/** It takes a number that means the longest time less so many steps. */
const PORT = 0x443;
const LONGEST = 30;
const STEP = 2;

export const IB700: Watchdog = {
  device: 'ib700',
  option: 'ib700',
  step: STEP,
  longest: LONGEST,
  set: async (qtest, seconds) => {
    await qtest.command(`outb ${PORT} ${(LONGEST - seconds) / STEP}`);
  },
};
