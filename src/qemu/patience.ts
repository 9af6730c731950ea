/** How long QEMU is waited for: once machines have hung, less. */

/** So many may hang before it is. */
const MACHINES = 3;

/** What is left of a limit then. */
const SHARE = 10;

let hung = 0;

/** Counts a machine that did not answer in time. */
export const noteHang = (): void => {
  hung += 1;
};

/** In milliseconds. A QEMU that hangs does so in many scenarios, and each would wait. */
export const patient = (limit: number): number => (hung < MACHINES ? limit : limit / SHARE);
