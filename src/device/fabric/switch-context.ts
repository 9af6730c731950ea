/** What the commands of a switch act on. */
import type { Switch } from '../../machine/topology';
import type { VirtualClock } from '../board/clock';
import type { CommonContext } from '../mailbox/mailbox';
import type { Timestamp } from '../mailbox/timestamp';
import type { DownstreamPort } from './downstream-port';

export interface SwitchContext extends CommonContext {
  readonly description: Switch;
  /** By number. */
  readonly ports: readonly DownstreamPort[];
  readonly timestamp: Timestamp;
  readonly clock: VirtualClock;
  /** Resets what is at the port. */
  readonly resetPort: (port: number) => void;
}
