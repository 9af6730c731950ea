import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { HostBridge, Topology } from '../../machine/topology';
import { type Component, component } from '../decoders/component';
import type { Type3Device } from '../type3/type3';
import { DownstreamPort } from './downstream-port';
import { placed } from './port-layout';
import { OF_ROOT } from './root-port-layout';
import { routed } from './routing';

/** A CXL host bridge: its root ports, and the decoders that choose among them. QEMU hw/pci-bridge/pci_expander_bridge.c. */
export class CxlHostBridge {
  readonly ports: readonly DownstreamPort[];
  readonly component: Component;

  constructor(
    { rootPorts, hdmForPassthrough = false }: HostBridge,
    { ports = {} }: Pick<Topology, 'ports'>,
    facts: Facts,
    quirks: Quirks,
  ) {
    const all = placed(rootPorts, ports);
    this.ports = all.map((port, n) => new DownstreamPort(`${rootPorts[n]}`, OF_ROOT, port, facts, quirks));
    const decides = rootPorts.length !== 1 || hdmForPassthrough || quirks.has('passthrough-bridge-has-decoders');
    this.component = component(decides ? 'host-bridge' : 'passthrough', facts, quirks);
  }

  /** The device that an access to an address in a window is routed to. */
  route(address: bigint): Type3Device | undefined {
    return routed(this.component, this.ports, address);
  }
}
