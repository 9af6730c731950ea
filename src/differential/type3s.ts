/** Random Type 3 devices: every mix of volatile, persistent and dynamic capacity. */
import fc from 'fast-check';
import { FIELDS } from '../ledger/devices';
import type { FieldsOf } from '../ledger/property';
import type { Type3 } from '../machine/topology';
import type { Traits } from '../target/real-and-modelled';
import { anyFields } from './fields';

const MIB = 1n << 20n;
const UNIT = 256n * MIB;

/** In MiB; the last ones are no multiples of the unit. */
const CAPACITIES = [256, 512, 1024, 768, 128, 384];

const below = (n: number) => fc.nat({ max: n - 1 });
const mib = (sizes: readonly number[]) => fc.constantFrom(...sizes).map((size) => BigInt(size) * MIB);

/** Regions of dynamic capacity, and how much they have together; most of what is drawn divides evenly. */
const anyDynamic = fc.record({
  regions: fc.constantFrom(1, 2, 1, 3, 8),
  capacity: fc
    .constantFrom(1, 1, 2, 0)
    .chain((each) => fc.constantFrom(6, 2, 24, 9).map((n) => BigInt(each * n) * UNIT)),
});

export const anyDevice = (traits: Traits) =>
  fc.record({
    slot: below(16),
    fields: anyFields(FIELDS.type3, 'cxl-type3', traits),
    kind: traits.has('cxl-type3.volatile-memdev')
      ? fc.constantFrom('volatile', 'persistent', 'both', 'neither')
      : fc.constant('persistent'),
    dynamic: traits.has('cxl-type3.num-dc-regions')
      ? fc.option(anyDynamic, { nil: undefined })
      : fc.constant(undefined),
    volatile: mib(CAPACITIES),
    persistent: mib(CAPACITIES),
    labelArea: mib([1, 2]).map((size) => size / 4n),
  });

/** What is `undefined` is not there. */
export interface DeviceParts extends Pick<Type3, 'volatile' | 'persistent' | 'labelArea'> {
  readonly slot: number;
  readonly fields: Partial<FieldsOf<typeof FIELDS.type3>>;
  readonly kind: string;
  readonly dynamic: Type3['dynamic'] | undefined;
}

/** Each in one of the slots that are `free`, which it takes out of them; those for which there is none are left out. */
export const devicesOf = (devices: readonly DeviceParts[], free: string[]): Type3[] =>
  devices.slice(0, free.length).map(({ slot, kind, volatile, persistent, dynamic, labelArea, fields }, i) => ({
    id: `mem${i}`,
    port: `${free.splice(slot % free.length, 1)}`,
    labelArea,
    serial: FIELDS.type3.sn.usual,
    ...fields,
    volatile: kind === 'volatile' || kind === 'both' ? volatile : 0n,
    persistent: kind === 'persistent' || kind === 'both' ? persistent : 0n,
    ...(dynamic && { dynamic }),
  }));
