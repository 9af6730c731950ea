import { end, type Range } from '../codec/range';
import type { HdmDecoders } from '../driver/hdm-decoders';
import type { HdmDecoder } from '../machine/host';
import type { CxlTopology, Endpoint } from './topology';

/** The HDM decoders that are committed, of host bridges, of switches, and of the endpoints behind them. */
export async function committedDecoders({ bridges, switches, endpoints }: CxlTopology): Promise<HdmDecoder[]> {
  const ports = await Promise.all([
    ...[...bridges.values()].map(({ port }) => committed('port', port.name, port.decoders)),
    ...[...switches.values()].map(({ name, decoders }) => committed('port', name, decoders)),
  ]);
  const found = await Promise.all(endpoints.map((endpoint) => ofEndpoint(endpoint)));
  return [...ports, ...found].flat();
}

async function committed(of: HdmDecoder['of'], where: string, decoders?: HdmDecoders): Promise<HdmDecoder[]> {
  const found = (await decoders?.committed()) ?? [];
  return found.map(({ range, ways, granularity }, n) => ({
    name: `decoder ${n} of ${where}`,
    of,
    ...range,
    ways,
    granularity,
  }));
}

async function ofEndpoint({ memdev, decoders, path }: Endpoint): Promise<HdmDecoder[]> {
  const own = await committed('endpoint', memdev.host, decoders);
  const above = await Promise.all(
    path
      .filter(({ port }) => port.decoders)
      .map(async ({ port }) => ({ name: port.name, mapped: await committed('port', port.name, port.decoders) })),
  );
  return own.map((decoder) => {
    const unmapped = above.filter(({ mapped }) => !mapped.some((range) => holds(range, decoder)));
    return unmapped.length > 0 ? { ...decoder, unmappedAbove: unmapped.map(({ name }) => name) } : decoder;
  });
}

const holds = (outer: Range, inner: Range): boolean => outer.base <= inner.base && end(inner) <= end(outer);
