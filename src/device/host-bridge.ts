import { locate } from '../codec/cxl/interleave';
import { LinkCapabilities, PCI_EXPRESS } from '../codec/pci/capability';
import { CLASS, LAYOUT } from '../codec/pci/configuration';
import type { Quirks } from '../ledger/quirks';
import type { HostBridge } from '../machine/topology';
import { type Component, component } from './component';
import { ConfigSpace } from './config-space';
import { BRIDGE } from './hdm-decoders';
import type { PciBus, PciFunction } from './pci-fabric';
import type { Type3Device } from './type3';

const PCI_EXPRESS_AT = 0x80;

/** A root port, with a slot for one device. QEMU hw/pci-bridge/cxl_root_port.c. */
export class RootPort implements PciFunction {
  readonly fn = 0;
  readonly config: ConfigSpace;
  readonly behind: PciBus = [];
  readonly #component: Component;
  #plugged: Type3Device | undefined;

  constructor(
    readonly id: string,
    /** Device number on the bridge's bus; the port number too. */
    readonly device: number,
    quirks: Quirks,
  ) {
    this.#component = component(undefined, quirks);
    const identity = { vendorId: 0x8086, deviceId: 0x7075, classCode: CLASS.pciBridge };
    const bar = { index: 0, size: 0x1_0000n, is64: true, responder: this.#component.registers };
    this.config = new ConfigSpace(identity, LAYOUT.bridge, [bar]);
    this.config.addCapability(PCI_EXPRESS.id, PCI_EXPRESS_AT);
    this.config.define(PCI_EXPRESS_AT + PCI_EXPRESS.linkCapabilities, LinkCapabilities.encode({ portNumber: device }));
  }

  get plugged(): Type3Device | undefined {
    return this.#plugged;
  }

  /** Fills the slot, or empties it. */
  plug(device: Type3Device | undefined): void {
    this.#plugged = device;
    this.behind.splice(0, this.behind.length, ...(device ? [{ device: 0, fn: 0, config: device.config }] : []));
  }
}

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
    if (!decoders) return this.ports[0]?.plugged;
    const decoder = decoders.claiming(address);
    if (!decoder) return undefined;
    const port = decoder.targets[locate(address, decoder.interleave).way];
    return this.ports.find(({ device }) => device === port)?.plugged;
  }
}
