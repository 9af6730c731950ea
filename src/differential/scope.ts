/** What the differential compares, and the list of what it does not. */
import { comparators } from './comparators';
import { writesAndResets } from './writes-and-resets';
import { FIXED } from './written-values';

/** Beside bits that are written with one value alone. */
const NOT_WRITTEN = [
  { what: 'device registers in front of the mailbox', why: 'a write to them ends QEMU 7.2; REGISTERS-5.1' },
  { what: 'mailbox registers, by 1 and 2 bytes', why: 'such a write ends some QEMUs; features/device/mailbox.feature' },
  { what: 'the doorbell of the mailbox', why: 'commands are compared by mailbox' },
  { what: 'the table of MSI-X', why: 'messages go to the addresses in it; features/device/background.feature' },
  { what: 'functions that are not behind a CXL host bridge', why: 'they are no part of CXL' },
  { what: 'device_del after writes', why: 'nothing of the device is left; features/region/hot-add.feature' },
];

export function showScope(): string {
  const compared = [...comparators, writesAndResets].map(({ name }) => `compared: ${name}`);
  const left = [...FIXED, ...NOT_WRITTEN].map(({ what, why }) => `not written: ${what}: ${why}`);
  return [...compared, ...left].join('\n');
}
