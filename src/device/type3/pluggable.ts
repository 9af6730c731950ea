import type { LinkFacts } from '../../ledger/facts';
import type { Commands } from '../mailbox/mailbox';
import type { PciFunction } from '../pci/pci-fabric';
import type { Type3Device } from './type3';

/** What fits into a slot. */
export interface Pluggable {
  readonly id: string;
  /** All have the slot's device number. */
  readonly functions: readonly PciFunction[];
  /** What it makes of a link to it. */
  readonly link: LinkFacts;
  /** Whether it agrees to flits of 256 bytes. */
  readonly largeFlits?: boolean | undefined;
  /** Takes what a fabric manager has for it, if that can be. */
  readonly managed?: Commands;
  /** The device that an access to an address in a window reaches. */
  route(address: bigint): Type3Device | undefined;
  /** As after power-on, but for media; what is sticky stays in a hot reset. */
  reset(hot?: boolean): void;
}
