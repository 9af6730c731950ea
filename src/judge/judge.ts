/**
 * "BIOS does it all, or the OS does it all": whether what firmware hands over is one or the other, and agrees with itself.
 *
 * It judges the state that the operating system finds: decoders that the system commits later are its own affair.
 */
import { E820_TYPE } from '../codec/acpi/e820';
import { judgeCedt } from './cedt';
import { judgeClaims } from './claims';
import { judgeDecoders } from './decoders';
import { judgeDomains } from './domains';
import type { Finding } from './finding';
import { judgeGenericPorts } from './generic-ports';
import { type HandedOver, mapNameOf } from './handed-over';

/** Each inconsistency; none where all memory of a window is left to the operating system, or is mapped and described. */
const ramIn = ({ memoryMap }: HandedOver): boolean => memoryMap.some(({ type }) => type === E820_TYPE.RAM);

export const judge = (state: HandedOver): Finding[] => [
  ...(ramIn(state) ? [] : [{ kind: 'e820-without-ram' as const, message: `${mapNameOf(state)} has no entry of RAM` }]),
  ...(state.cedtTable ? judgeCedt(state.cedtTable) : []),
  ...judgeClaims(state),
  ...judgeDecoders(state),
  ...judgeDomains(state),
  ...judgeGenericPorts(state),
];
