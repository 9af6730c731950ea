/** In what the tables of platforms differ, where the machine is the same. */
import type { Resource } from '../../../codec/acpi/resources';
import type { ProcessorAffinity } from '../../../codec/acpi/srat';
import type { Range } from '../../../codec/range';

export interface TableStyle {
  /** The table that lists the others. */
  readonly root: 'RSDT' | 'XSDT';
  /** What the DSDT calls the host bridge with that UID. */
  readonly bridgeName: (uid: number) => string;
  /** How the SRAT names processor `n`, whose number by groups is `apicId`. */
  readonly processor: (n: number, apicId: number) => Pick<ProcessorAffinity, 'kind' | 'apicId'>;
  /** What QEMU calls the RAM that no node has. */
  readonly ramObject: string;
  readonly sratRevision: number;
  /** Addresses that the SRAT leaves out. */
  readonly hole: Range | undefined;
  /** The SRAT has memory entries that say nothing, until there are so many more than nodes. */
  readonly moreThanNodes: number;
}

/** `_CRS` of bus 0, by what the other root buses have been given. */
export type FirstBus = (
  others: readonly Exclude<Resource, { kind: 'other' }>[],
) => Exclude<Resource, { kind: 'other' }>[];
