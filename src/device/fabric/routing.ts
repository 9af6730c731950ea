import { locate } from '../../codec/cxl/interleave';
import { MachineCrash } from '../../machine/crash';
import type { Component } from '../decoders/component';
import type { Type3Device } from '../type3/type3';
import type { DownstreamPort } from './downstream-port';

/**
 * The device that an access to an address in a window reaches through a host bridge or a switch: its decoders choose
 * among its ports by the whole address, as QEMU does; without decoders all goes to the only port. Of several ports of one
 * number it is the first on the bus: QEMU hw/pci/pcie_port.c: pcie_find_port_by_pn().
 */
export function routed(
  { decoders }: Component,
  ports: readonly DownstreamPort[],
  address: bigint,
): Type3Device | undefined {
  if (!decoders) return ports[0]?.route(address);
  const decoder = decoders.claiming(address);
  if (!decoder) return undefined;
  const { way } = locate(address, decoder.interleave);
  if (way >= decoder.targets.length) throw new MachineCrash('SIGABRT'); // such a decoder is committed with a quirk alone
  const port = decoder.targets[way];
  const numbered = ports.filter(({ number }) => number === port);
  return numbered.sort((a, b) => a.device - b.device || a.fn - b.fn)[0]?.route(address);
}
