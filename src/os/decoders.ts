import type { HdmDecoders } from '../driver/hdm-decoders';
import type { HdmDecoder } from '../machine/host';
import type { CxlTopology } from './topology';

/** The HDM decoders that are committed, of host bridges, of switches, and of the endpoints behind them. */
export async function committedDecoders({ bridges, switches, endpoints }: CxlTopology): Promise<HdmDecoder[]> {
  const found = await Promise.all([
    ...[...bridges.values()].map(({ port }) => committed('port', port.name, port.decoders)),
    ...[...switches.values()].map(({ name, decoders }) => committed('port', name, decoders)),
    ...endpoints.map(({ memdev, decoders }) => committed('endpoint', memdev.host, decoders)),
  ]);
  return found.flat();
}

async function committed(of: HdmDecoder['of'], where: string, decoders?: HdmDecoders): Promise<HdmDecoder[]> {
  const found = (await decoders?.committed()) ?? [];
  return found.map(({ range, ways, granularity }, n) => ({
    ...{ name: `decoder ${n} of ${where}`, of, ...range },
    ...{ ways, granularity },
  }));
}
