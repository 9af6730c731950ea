/** What firmware knows of the board that it was built for: where all that is that it cannot ask for. */
import type { E820Entry } from '../../codec/acpi/e820';
import type { ProcessorAffinity } from '../../codec/acpi/srat';
import type { Range } from '../../codec/range';
import type { Hardware, Hpa } from '../../machine/hardware';
import type { FwCfg } from '../fw-cfg';

/** A board that has been found. */
export interface Board {
  readonly fwCfg: FwCfg;
  /** What the machine says of its memory. */
  readonly memoryMap: readonly E820Entry[];
  /** RAM below whose end tables are put. */
  readonly tables: Range;
  /** Where 32-bit BARs go. */
  readonly low: { readonly base: Hpa; readonly end: Hpa };
  /** Where 64-bit BARs may go, if they do not fit there. */
  readonly above: Hpa;
  /** How the SRAT names a processor. */
  readonly processor: ProcessorAffinity['kind'];
  /** Makes configuration space reachable as memory; yields where it is. */
  openConfiguration(): Promise<Hpa>;
}

/** Undefined if the machine is another one. */
export type FindBoard = (hardware: Hardware) => Promise<Board | undefined>;
