/** Proximity domains: SLIT and HMAT against SRAT. */
import type { HmatStructure } from '../codec/acpi/hmat';
import type { Locality } from '../codec/acpi/hmat-locality';
import { PROCESSORS } from '../codec/acpi/srat';
import { showRange } from '../codec/range';
import type { Finding } from './finding';
import { affinitiesOf, type HandedOver, mappedBy, over } from './handed-over';

export const judgeDomains = (state: HandedOver): Finding[] => [
  ...slitSize(state),
  ...unknownDomains(state),
  ...missingMemory(state),
];

interface Domains {
  readonly memory: ReadonlySet<number>;
  /** Of processors and Generic Initiators. */
  readonly initiators: ReadonlySet<number>;
  readonly all: ReadonlySet<number>;
}

function domainsOf({ srat = [] }: HandedOver): Domains {
  const enabled = srat.filter((structure) => structure.kind !== 'unknown').filter((structure) => structure.enabled);
  const domains = (kinds: readonly string[]) =>
    new Set(enabled.filter(({ kind }) => kinds.includes(kind)).map(({ domain }) => domain));
  return {
    memory: domains(['memory']),
    initiators: domains([...PROCESSORS, 'Generic Initiator']),
    all: new Set(enabled.map(({ domain }) => domain)),
  };
}

function slitSize(state: HandedOver): Finding[] {
  const { slit } = state;
  const { all } = domainsOf(state);
  const needed = Math.max(-1, ...all) + 1;
  if (!slit || slit.length === needed) return [];
  const message = `SLIT has ${slit.length} localities, and the domains of SRAT ask for ${needed}`;
  return [{ kind: 'slit-size', message }];
}

function unknownDomains(state: HandedOver): Finding[] {
  const { memory, initiators, all } = domainsOf(state);
  const { hmat = [] } = state;
  const unless = (known: ReadonlySet<number>, domain: number, as: string): Finding[] =>
    known.has(domain) ? [] : [{ kind: 'hmat-domain', message: `HMAT has domain ${domain} ${as}, SRAT has not` }];
  return hmat.flatMap((structure) => {
    switch (structure.kind) {
      case 'memory proximity': {
        const { initiator } = structure;
        const attached = initiator === undefined ? [] : unless(initiators, initiator, 'as an initiator');
        return [...unless(memory, structure.memory, 'as memory'), ...attached];
      }
      case 'side cache':
        return unless(memory, structure.domain, 'as memory with a cache');
      case 'locality': {
        const { from, to } = toldOf(structure);
        const kind = structure.dataType;
        return [
          ...from.flatMap((domain) => unless(initiators, domain, `as an initiator with ${kind}`)),
          ...to.flatMap((domain) => unless(all, domain, `as a target of ${kind}`)),
        ];
      }
      default:
        return [];
    }
  });
}

/** The domains for which there is a value; tables may list others too. */
const toldOf = ({ initiators, targets, values }: Locality) => ({
  from: initiators.filter((_, row) => values[row]?.some((value) => value !== undefined)),
  to: targets.filter((_, column) => values.some((row) => row[column] !== undefined)),
});

function missingMemory(state: HandedOver): Finding[] {
  const { hmat } = state;
  if (!hmat) return [];
  const mapped = mappedBy(state.decoders);
  return affinitiesOf(state)
    .filter((affinity) => over(affinity, mapped).length > 0)
    .flatMap(({ domain, ...range }) =>
      untold(hmat, domain).map((what) => ({
        kind: 'hmat-misses-memory',
        message: `HMAT has no ${what} of domain ${domain}, which is the memory at ${showRange(range)}`,
      })),
    );
}

function untold(hmat: readonly HmatStructure[], domain: number): string[] {
  const localities = hmat.filter((structure) => structure.kind === 'locality');
  const hasAttributes = hmat.some((each) => each.kind === 'memory proximity' && each.memory === domain);
  const hasValues = (what: string) =>
    localities.some((each) => each.dataType.endsWith(what) && toldOf(each).to.includes(domain));
  return [
    ...(hasAttributes ? [] : ['memory proximity domain attributes']),
    ...['latency', 'bandwidth'].filter((what) => !hasValues(what)),
  ];
}
