import type { DeviceName } from '../ledger/offer';
import type { Qtest } from './qtest';

/** A device that pauses the machine when its time has come. */
export interface Watchdog {
  readonly device: DeviceName;
  /** `-device`. */
  readonly option: string;
  /** Seconds: it is set to multiples of these. */
  readonly step: number;
  readonly longest: number;
  /** Sets it to go off in so many seconds. */
  set(qtest: Qtest, seconds: number): Promise<void>;
}
