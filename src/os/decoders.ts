import type { HdmDecoders } from '../driver/hdm-decoders';
import type { HdmDecoder } from '../machine/host';
import type { CxlTopology } from './topology';

/** The HDM decoders that are committed, of host bridges and of the endpoints behind them. */
export async function committedDecoders({ ports, endpoints }: CxlTopology): Promise<HdmDecoder[]> {
  const found = await Promise.all([
    ...[...ports.values()].map(({ uid, decoders }) => committed('port', `host bridge ${uid}`, decoders)),
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
