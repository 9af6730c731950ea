import { locate } from '../codec/cxl/interleave';
import type { Quirks } from '../ledger/quirks';
import type { HostBridge } from '../machine/topology';
import { type Component, component } from './component';
import { BRIDGE } from './hdm-decoders';
import { RootPort } from './root-port';
import type { Type3Device } from './type3';

/** A CXL host bridge: its root ports, and the decoders that choose among them. QEMU hw/pci-bridge/pci_expander_bridge.c. */
export class CxlHostBridge {
  readonly ports: readonly RootPort[];
  readonly component: Component;

  constructor({ rootPorts, hdmForPassthrough = false }: HostBridge, quirks: Quirks) {
    this.ports = rootPorts.map((id, position) => new RootPort(id, position, quirks));
    const passthrough = rootPorts.length === 1 && !hdmForPassthrough;
    this.component = component(passthrough ? undefined : BRIDGE, quirks);
  }

  /** The device that an access to an address in a window is routed to. */
  route(address: bigint): Type3Device | undefined {
    const { decoders } = this.component;
    if (!decoders) return this.ports[0]?.reached;
    const decoder = decoders.claiming(address);
    if (!decoder) return undefined;
    const port = decoder.targets[locate(address, decoder.interleave).way];
    return this.ports.find(({ device }) => device === port)?.reached;
  }
}
