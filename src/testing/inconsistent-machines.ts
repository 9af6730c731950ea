/** Machines with one inconsistency each, made of one that has none, by the name of the finding. */
import { E820_TYPE } from '../codec/acpi/e820';
import type { GenericAffinity, MemoryAffinity, SratStructure } from '../codec/acpi/srat';
import { end, type Range, showRange } from '../codec/range';
import type { KINDS } from '../judge/finding';
import { type HandedOver, mappedBy, windowsOf } from '../judge/handed-over';

const MIB_256 = 256n << 20n;

/** A machine with an inconsistency, and what a finding of it has to name. */
export interface Planted {
  readonly state: HandedOver;
  readonly names: string;
}

const at = <T>(list: readonly T[], i: number): T => {
  const item = list.at(i);
  if (item === undefined) throw new RangeError(`no item ${i}`);
  return item;
};

const half = ({ base, size }: Range): Range => ({ base, size: size / 2n });
const rest = ({ base, size }: Range): Range => ({ base: base + size / 2n, size: size - size / 2n });
const free = (state: HandedOver): Range => at(windowsOf(state), 1);
const region = (state: HandedOver): Range => {
  const { base, size } = at(mappedBy(state.decoders), -1);
  return { base, size };
};
const same = (a: Range, b: Range): boolean => a.base === b.base && a.size === b.size;

const affinity = ({ base, size }: Range, domain: number): MemoryAffinity => ({
  kind: 'memory',
  base,
  size,
  domain,
  enabled: true,
  hotPluggable: false,
  nonVolatile: false,
});

const withE820 = (state: HandedOver, range: Range, type: number = E820_TYPE.RAM): HandedOver => ({
  ...state,
  memoryMap: [...state.memoryMap, { ...range, type }],
});

const withSrat = (state: HandedOver, ...structures: SratStructure[]): HandedOver => ({
  ...state,
  srat: [...(state.srat ?? []), ...structures],
});

/** The E820 entry of the last region with other ranges in its place. */
const e820As = (state: HandedOver, ranges: readonly Range[]): HandedOver => ({
  ...state,
  memoryMap: state.memoryMap.flatMap((entry) =>
    same(entry, region(state)) ? ranges.map((range) => ({ ...entry, ...range })) : [entry],
  ),
});

/** The memory affinity of the last region with other ranges in its place. */
const sratAs = (state: HandedOver, ranges: readonly Range[]): HandedOver => ({
  ...state,
  srat: (state.srat ?? []).flatMap((each) =>
    each.kind === 'memory' && same(each, region(state)) ? ranges.map((range) => ({ ...each, ...range })) : [each],
  ),
});

const portAs = (state: HandedOver, changed: Partial<GenericAffinity>): HandedOver => ({
  ...state,
  srat: (state.srat ?? []).map((each) => (each.kind === 'Generic Port' ? { ...each, ...changed } : each)),
});

const portOf = ({ srat = [] }: HandedOver) =>
  at(
    srat.filter((each): each is GenericAffinity => each.kind === 'Generic Port'),
    0,
  );

const longer = ({ base, size }: Range): Range => ({ base, size: size + MIB_256 });
const beyond = (range: Range): Range => ({ base: end(range), size: MIB_256 });

/** By the name of the finding: each way to bring it about. */
export const PLANTS: Record<keyof typeof KINDS, readonly ((state: HandedOver) => Planted)[]> = {
  'e820-without-decoders': [
    ...Object.values(E820_TYPE).map((type) => (state: HandedOver) => {
      const claim = half(free(state));
      return { state: withE820(state, claim, type), names: showRange(claim) };
    }),
    (state) => {
      const { base, size } = region(state);
      const decoders = state.decoders.filter((decoder) => decoder.base !== base);
      return { state: { ...state, decoders }, names: showRange({ base, size }) };
    },
  ],
  'e820-beyond-decoders': [
    (state) => ({ state: e820As(state, [longer(region(state))]), names: showRange(beyond(region(state))) }),
  ],
  'srat-without-decoders': [
    (state) => ({ state: withSrat(state, affinity(free(state), 0)), names: showRange(free(state)) }),
    (state) => {
      const hotPluggable = { ...affinity(rest(free(state)), 0), hotPluggable: true };
      return { state: withSrat(state, hotPluggable), names: showRange(rest(free(state))) };
    },
  ],
  'srat-beyond-decoders': [
    (state) => ({ state: sratAs(state, [longer(region(state))]), names: showRange(beyond(region(state))) }),
  ],
  'window-straddled': [
    (state) => {
      const outside = { base: end(free(state)), size: MIB_256 };
      const claim = { base: outside.base - MIB_256, size: 2n * MIB_256 };
      return { state: withSrat(state, affinity(claim, 0)), names: showRange(outside) };
    },
    (state) => {
      const outside = { base: end(free(state)), size: MIB_256 };
      return { state: withE820(state, { base: outside.base - 1n, size: MIB_256 + 1n }), names: showRange(outside) };
    },
  ],
  'claimed-twice': [
    (state) => ({
      state: withE820(state, half(region(state)), E820_TYPE.SOFT_RESERVED),
      names: showRange(half(region(state))),
    }),
    (state) => ({ state: withSrat(state, affinity(region(state), 0)), names: showRange(region(state)) }),
  ],
  'incomplete-decoders': [
    (state) => {
      const { ways, ...range } = at(
        state.decoders.filter(({ of }) => of === 'endpoint'),
        0,
      );
      const decoders = state.decoders.map((each) => (same(each, range) ? { ...each, ways: 2 * ways } : each));
      return { state: { ...state, decoders }, names: `${ways} of ${2 * ways} ways` };
    },
    (state) => {
      const range = half(free(state));
      const port = { ...range, name: 'decoder 7 of host bridge 1', of: 'port', ways: 1, granularity: 256 } as const;
      return { state: { ...state, decoders: [...state.decoders, port] }, names: showRange(range) };
    },
    (state) => {
      const range = region(state);
      const without = state.decoders.filter((each) => each.of === 'endpoint' || !same(each, range));
      const decoders = without.map((each) =>
        same(each, range) ? { ...each, unmappedAbove: ['host bridge 1'] } : each,
      );
      return { state: { ...state, decoders }, names: 'no decoder of host bridge 1' };
    },
  ],
  'undescribed-decoders': [
    (state) => ({ state: sratAs(e820As(state, []), []), names: showRange(region(state)) }),
    (state) => ({
      state: sratAs(e820As(state, [half(region(state))]), [half(region(state))]),
      names: showRange(rest(region(state))),
    }),
  ],
  'extents-disagree': [
    (state) => ({ state: e820As(state, []), names: showRange(region(state)) }),
    (state) => ({ state: sratAs(state, []), names: showRange(region(state)) }),
    (state) => ({ state: e820As(state, [half(region(state))]), names: showRange(rest(region(state))) }),
    ({ srat: _, ...state }) => ({ state, names: showRange(region(state)) }),
  ],
  'affinity-over-part': [
    (state) => ({ state: sratAs(state, [rest(region(state))]), names: showRange(half(region(state))) }),
    (state) => {
      const halved = sratAs(state, [half(region(state))]);
      return { state: withSrat(halved, affinity(rest(region(state)), 0)), names: showRange(rest(region(state))) };
    },
  ],
  'slit-size': [
    (state) => ({ state: { ...state, slit: (state.slit ?? []).slice(1) }, names: `${state.slit?.length}` }),
    (state) => ({ state: { ...state, slit: [...(state.slit ?? []), []] }, names: `${state.slit?.length}` }),
  ],
  'hmat-domain': [
    (state) => ({
      state: { ...state, hmat: [...(state.hmat ?? []), { kind: 'memory proximity', memory: 77, initiator: 0 }] },
      names: '77',
    }),
    (state) => ({
      state: { ...state, hmat: [...(state.hmat ?? []), { kind: 'memory proximity', memory: 0, initiator: 77 }] },
      names: '77',
    }),
    (state) => ({
      state: {
        ...state,
        hmat: (state.hmat ?? []).map((each) => (each.kind === 'locality' ? { ...each, initiators: [77] } : each)),
      },
      names: '77',
    }),
  ],
  'hmat-misses-memory': [
    (state) => ({
      state: { ...state, hmat: (state.hmat ?? []).filter(({ kind }) => kind !== 'memory proximity') },
      names: showRange(region(state)),
    }),
    (state) => ({
      state: { ...state, hmat: (state.hmat ?? []).filter(({ kind }) => kind !== 'locality') },
      names: showRange(region(state)),
    }),
  ],
  'generic-port-without-bridge': [
    (state) => ({ state: portAs(state, { handle: { by: 'ACPI', hid: 'ACPI0016', uid: 999 } }), names: '999' }),
    (state) => {
      const { handle } = portOf(state);
      const uid = handle.by === 'ACPI' ? handle.uid : 0;
      return { state: portAs(state, { handle: { by: 'ACPI', hid: 'PNP0A08', uid } }), names: `PNP0A08 ${uid}` };
    },
    (state) => {
      const handle = { by: 'PCI', segment: 0, bus: 53, device: 0, function: 0 } as const;
      return { state: portAs(state, { handle }), names: 'PCI 0:0x35:0.0' };
    },
  ],
  'generic-port-disabled': [
    (state) => ({ state: portAs(state, { enabled: false }), names: `domain ${portOf(state).domain}` }),
  ],
  'generic-port-with-memory': [
    (state) => {
      const hotPlug = { base: 0x100_0000_0000n, size: MIB_256 };
      const memory = { ...affinity(hotPlug, portOf(state).domain), hotPluggable: true };
      return { state: withSrat(state, memory), names: showRange(hotPlug) };
    },
  ],
};
