/** What decoders are committed to, against what E820 and SRAT say of it. */
import { E820_TYPE } from '../codec/acpi/e820';
import type { MemoryAffinity } from '../codec/acpi/srat';
import { type Range, showRange, without } from '../codec/range';
import type { HdmDecoder } from '../machine/host';
import type { Finding } from './finding';
import { affinitiesOf, type HandedOver, mapNameOf, mappedBy, over } from './handed-over';

/** By which an operating system learns of memory that it may use. */
const DESCRIBING: readonly number[] = [E820_TYPE.RAM, E820_TYPE.SOFT_RESERVED, E820_TYPE.PERSISTENT];

export function judgeDecoders(state: HandedOver): Finding[] {
  const mapped = mappedBy(state.decoders);
  const ports = state.decoders.filter((decoder) => decoder.of === 'port' && over(decoder, mapped).length === 0);
  return [
    ...ports.map((port) => incomplete(`${show(port)}, and no endpoint does`)),
    ...mapped.flatMap(({ endpoints }) => missingWays(endpoints)),
    ...state.decoders.flatMap((decoder) => missingAbove(decoder)),
    ...mapped.flatMap((range) => described(range, state)),
    ...mapped.flatMap((range) => inParts(range, over(range, affinitiesOf(state)))),
  ];
}

const show = (decoder: HdmDecoder): string => `${decoder.name} maps ${showRange(decoder)}`;

const incomplete = (message: string): Finding => ({ kind: 'incomplete-decoders', message });

function missingWays(endpoints: readonly HdmDecoder[]): Finding[] {
  const ways = Math.max(...endpoints.map((decoder) => decoder.ways));
  if (endpoints.length === ways) return [];
  return [incomplete(`${endpoints.map(show).join(', ')}: ${endpoints.length} of ${ways} ways`)];
}

/** A port that has no decoders passes everything on, and is not missing. */
const missingAbove = (decoder: HdmDecoder): Finding[] =>
  (decoder.unmappedAbove ?? []).map((port) => incomplete(`${show(decoder)}, and no decoder of ${port} does`));

function described(range: Range & { endpoints: readonly HdmDecoder[] }, state: HandedOver): Finding[] {
  const notInE820 = without(
    range,
    state.memoryMap.filter(({ type }) => DESCRIBING.includes(type)),
  );
  const notInSrat = without(range, affinitiesOf(state));
  const names = range.endpoints.map(({ name }) => name).join(', ');
  const finding = (kind: Finding['kind'], parts: readonly Range[], by: string): Finding[] =>
    parts.map((part) => ({ kind, message: `${names} maps ${showRange(range)}, of which ${showRange(part)} is ${by}` }));
  const neither = notInE820.flatMap((part) => without(part, without(part, notInSrat)));
  return [
    ...finding('undescribed-decoders', neither, `in neither ${mapNameOf(state)} nor SRAT`),
    ...finding(
      'extents-disagree',
      notInSrat.flatMap((part) => without(part, notInE820)),
      `in ${mapNameOf(state)} and not in SRAT`,
    ),
    ...finding(
      'extents-disagree',
      notInE820.flatMap((part) => without(part, notInSrat)),
      `in SRAT and not in ${mapNameOf(state)}`,
    ),
  ];
}

/** A decoder's memory is all alike, so that no domain can have a part of it. */
function inParts(range: Range, affinities: readonly MemoryAffinity[]): Finding[] {
  const domains = [...new Set(affinities.map(({ domain }) => domain))];
  return domains.flatMap((domain) => {
    const own = affinities.filter((affinity) => affinity.domain === domain);
    return without(range, own).map((rest) => ({
      kind: 'affinity-over-part' as const,
      message: `domain ${domain} has part of what is mapped at ${showRange(range)}, and not ${showRange(rest)}`,
    }));
  });
}
