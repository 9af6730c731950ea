/** Random machines for the judge's tests: some windows mapped and described by firmware, the others left alone. */
import fc from 'fast-check';
import { E820_TYPE } from '../codec/acpi/e820';
import type { HmatStructure } from '../codec/acpi/hmat';
import type { DataType, Locality } from '../codec/acpi/hmat-locality';
import type { SratStructure } from '../codec/acpi/srat';
import { end, type Range } from '../codec/range';
import type { HandedOver } from '../judge/handed-over';
import type { HdmDecoder } from '../machine/host';

const MIB = 1n << 20n;
const GIB = 1n << 30n;

/** By what a machine is drawn. */
interface Draw {
  readonly ram: bigint;
  readonly hotPluggable: boolean;
  readonly uids: readonly number[];
  readonly genericPorts: number;
  /** Of each window: in 256 MiB its size, what precedes it, and what firmware has mapped of it from its base. */
  readonly windows: readonly {
    readonly size: number;
    readonly gap: number;
    readonly mapped: readonly { readonly size: number; readonly ways: 1 | 2 | 4; readonly type: number }[];
  }[];
  readonly slit: boolean;
  readonly hmat: boolean;
  /** Whether Generic Ports come before CXL memory in the order of domains. */
  readonly reversed: boolean;
}

const mapped = fc.record({
  size: fc.integer({ min: 2, max: 4 }),
  ways: fc.constantFrom(1, 2, 4),
  type: fc.constantFrom(E820_TYPE.RAM, E820_TYPE.SOFT_RESERVED, E820_TYPE.PERSISTENT),
});

const window = (ranges: { readonly minLength?: number; readonly maxLength: number }) =>
  fc.record({
    size: fc.integer({ min: 12, max: 32 }),
    gap: fc.integer({ min: 0, max: 3 }),
    mapped: fc.array(mapped, ranges),
  });

const draw = (windows: fc.Arbitrary<Draw['windows']>, all: boolean): fc.Arbitrary<Draw> => {
  const maybe = all ? fc.constant(true) : fc.boolean();
  return fc.record({
    ram: fc.integer({ min: 1, max: 16 }).map((n) => BigInt(n) * 128n * MIB),
    hotPluggable: fc.boolean(),
    uids: fc.uniqueArray(fc.integer({ min: 1, max: 255 }), { minLength: 2, maxLength: 4 }),
    genericPorts: fc.integer({ min: all ? 1 : 0, max: 2 }),
    windows,
    slit: maybe,
    hmat: maybe,
    reversed: fc.boolean(),
  });
};

/** Whatever is consistent. */
export const anyMachine: fc.Arbitrary<HandedOver> = draw(
  fc.array(window({ maxLength: 2 }), { maxLength: 3 }),
  false,
).map(machine);

/** A consistent machine that has everything: window 0 partly mapped, window 1 free, all tables, a Generic Port. */
export const fullMachine: fc.Arbitrary<HandedOver> = draw(
  fc.tuple(window({ minLength: 1, maxLength: 2 }), window({ maxLength: 0 })),
  true,
).map(machine);

function machine({ ram, hotPluggable, uids, genericPorts, windows, slit, hmat, reversed }: Draw): HandedOver {
  const placed = place(windows);
  const regions = placed.flatMap(({ regions }) => regions);
  const ports = uids.slice(0, genericPorts);
  const roles = [...regions.map(() => 'cxl' as const), ...ports.map(() => 'port' as const)];
  const ordered = reversed ? [...roles].reverse() : roles;
  const domainsOf = (role: 'cxl' | 'port') => ordered.flatMap((each, i) => (each === role ? [i + 1] : []));
  const [cxl, port] = [domainsOf('cxl'), domainsOf('port')];
  const domains = [0, ...ordered.map((_, i) => i + 1)];
  const memory = { kind: 'memory', enabled: true, nonVolatile: false, hotPluggable: false } as const;
  const srat: SratStructure[] = [
    { kind: 'local APIC', domain: 0, apicId: 0, enabled: true },
    { ...memory, domain: 0, base: 0n, size: 640n << 10n },
    { ...memory, domain: 0, base: MIB, size: ram - MIB },
    { ...memory, domain: 0, base: 0n, size: 0n, enabled: false },
    ...ports.map((uid, i): SratStructure => {
      const handle = { by: 'ACPI', hid: 'ACPI0016', uid } as const;
      return { kind: 'Generic Port', domain: port[i] ?? 0, enabled: true, handle };
    }),
    ...(hotPluggable ? [{ ...memory, domain: 0, base: 4n * GIB, size: GIB, hotPluggable }] : []),
    ...regions.map(({ base, size }, i): SratStructure => ({ ...memory, domain: cxl[i] ?? 0, base, size })),
  ];
  return {
    memoryMap: [
      { base: 0n, size: 640n << 10n, type: E820_TYPE.RAM },
      { base: MIB, size: ram - MIB, type: E820_TYPE.RAM },
      { base: 0xfd_0000_0000n, size: 12n * GIB, type: E820_TYPE.RESERVED },
      ...regions.map(({ base, size, type }) => ({ base, size, type })),
    ],
    cedt: [
      ...uids.map((uid, n) => ({
        kind: 'CHBS' as const,
        uid,
        registers: { base: 6n * GIB + BigInt(n) * 0x1_0000n, size: 0x1_0000n },
      })),
      ...placed.map(({ window }) => ({
        kind: 'CFMWS' as const,
        window,
        targets: uids.slice(0, 1),
        granularity: 256,
        restrictions: 0xf,
      })),
    ],
    srat,
    ...(slit && { slit: domains.map((from) => domains.map((to) => (from === to ? 10 : 20))) }),
    ...(hmat && { hmat: attributes([0, ...cxl], domains) }),
    decoders: regions.flatMap((region, n) => decodersOf(region, n)),
  };
}

type Region = Range & { readonly ways: number; readonly type: number };

function place(windows: Draw['windows']): { readonly window: Range; readonly regions: readonly Region[] }[] {
  let free = 7n * GIB;
  return windows.map(({ size, gap, mapped }) => {
    const window = { base: free + BigInt(gap) * 256n * MIB, size: BigInt(size) * 256n * MIB };
    free = end(window);
    let next = window.base;
    const regions = mapped.map(({ size, ways, type }) => {
      const region = { base: next, size: BigInt(size) * 256n * MIB, ways, type };
      next = end(region);
      return region;
    });
    return { window, regions };
  });
}

function decodersOf({ base, size, ways }: Region, n: number): HdmDecoder[] {
  const common = { base, size, ways, granularity: 256 };
  return [
    { ...common, of: 'port', name: `decoder ${n} of host bridge 1`, ways: 1 },
    ...Array.from({ length: ways }, (_, way): HdmDecoder => {
      const name = `decoder ${n} of mem${way}`;
      return { ...common, of: 'endpoint', name };
    }),
  ];
}

function attributes(memory: readonly number[], targets: readonly number[]): HmatStructure[] {
  const locality = (dataType: DataType, value: number): Locality => ({
    kind: 'locality',
    hierarchy: 'memory',
    dataType,
    initiators: [0],
    targets,
    values: [targets.map(() => value)],
  });
  return [
    ...memory.map((domain) => ({ kind: 'memory proximity' as const, memory: domain, initiator: 0 })),
    locality('access latency', 100),
    locality('access bandwidth', 1000),
  ];
}
