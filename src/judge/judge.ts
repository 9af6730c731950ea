/**
 * "BIOS does it all, or the OS does it all": whether what firmware hands over is one or the other, and agrees with itself.
 *
 * It judges the state that the operating system finds: decoders that the system commits later are its own affair.
 */
import { judgeClaims } from './claims';
import { judgeDecoders } from './decoders';
import { judgeDomains } from './domains';
import type { Finding } from './finding';
import { judgeGenericPorts } from './generic-ports';
import type { HandedOver } from './handed-over';

/** Each inconsistency; none where all memory of a window is left to the operating system, or is mapped and described. */
export const judge = (state: HandedOver): Finding[] => [
  ...judgeClaims(state),
  ...judgeDecoders(state),
  ...judgeDomains(state),
  ...judgeGenericPorts(state),
];
