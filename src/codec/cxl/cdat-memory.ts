import type { DataType } from '../acpi/hmat-locality';
import type { Range } from '../range';
import type { CdatStructure, EfiType } from './cdat';

/** All that a CDAT says of one range of DPA. */
export interface CdatMemory {
  readonly dpa: Range;
  readonly nonVolatile: boolean;
  readonly dynamicCapacity: boolean;
  /** In ns and MB/s. */
  readonly performance: Readonly<Partial<Record<DataType, number>>>;
  /** With ranges of DPA. */
  readonly efi: readonly { readonly type: EfiType; readonly dpa: Range }[];
}

/** What belongs together by handle, in the order of the DSMAS. */
export function cdatMemory(structures: readonly CdatStructure[]): CdatMemory[] {
  const ofKind = <K extends CdatStructure['kind']>(kind: K) =>
    structures.filter((each): each is Extract<CdatStructure, { kind: K }> => each.kind === kind);
  return ofKind('DSMAS').map(({ handle, dpa, nonVolatile, dynamicCapacity }) => {
    const measured = ofKind('DSLBIS').filter((each) => each.handle === handle);
    const typed = ofKind('DSEMTS').filter((each) => each.handle === handle);
    return {
      dpa,
      nonVolatile,
      dynamicCapacity,
      performance: Object.fromEntries(measured.map(({ dataType, value }) => [dataType, value])),
      efi: typed.map(({ efiType, part }) => ({ type: efiType, dpa: { ...part, base: dpa.base + part.base } })),
    };
  });
}
