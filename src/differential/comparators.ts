/** All that is compared, in this order: what changes a machine comes last. */
import { cdat } from './cdat';
import type { Comparator } from './comparator';
import { landings } from './decoded-accesses';
import { mailbox } from './mailbox';
import { namespace } from './namespace';
import { registers, registersInUse } from './registers';
import { tables } from './tables';

export const comparators: readonly Comparator[] = [
  ...tables,
  namespace,
  cdat,
  registers,
  landings,
  mailbox,
  registersInUse,
];
