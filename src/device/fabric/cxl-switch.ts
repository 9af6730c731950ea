import { CONFIG, LAYOUT } from '../../codec/pci/configuration';
import type { Facts, LinkFacts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { Switch, Topology } from '../../machine/topology';
import type { VirtualClock } from '../board/clock';
import { type Component, component } from '../decoders/component';
import { told } from '../pci/config-header';
import { ConfigSpace } from '../pci/config-space';
import { DoeMailbox } from '../pci/doe';
import { Msi } from '../pci/msi';
import type { PciFunction } from '../pci/pci-fabric';
import { onFunctionReset, onSecondaryBusReset } from '../pci/resets';
import { tableAccess } from '../type3/cdat';
import type { Pluggable } from '../type3/pluggable';
import type { Type3Device } from '../type3/type3';
import { DownstreamPort } from './downstream-port';
import { linkOf, placed } from './port-layout';
import { routed } from './routing';
import { switchCdat } from './switch-cdat';
import {
  EXPRESS_AT,
  MSI_AT,
  OF_SWITCH,
  UPSTREAM_IDENTITY,
  upstreamCapabilities,
  upstreamExtended,
} from './switch-layout';
import { SwitchMailbox } from './switch-mailbox';

const COMPONENT_BAR = 0;

/** A port that is reset on its own answers where it did: Command, and the BAR. */
const OWN_ADDRESSES = [CONFIG.command, CONFIG.bar0, CONFIG.bar0 + 4];

/** Of MSI. */
const DOE_VECTOR = 1;

/** A switch: its upstream port, the decoders in it, and the downstream ports. QEMU hw/pci-bridge/cxl_upstream.c. */
export class CxlSwitch implements Pluggable {
  readonly id: string;
  readonly ports: readonly DownstreamPort[];
  readonly config: ConfigSpace;
  readonly functions: readonly PciFunction[];
  readonly link: LinkFacts;
  readonly #component: Component;
  readonly #doe: DoeMailbox;
  readonly #mailbox: SwitchMailbox | undefined;

  constructor(
    description: Switch,
    { ports = {} }: Pick<Topology, 'ports'>,
    facts: Facts,
    private readonly quirks: Quirks,
    clock: VirtualClock,
  ) {
    this.id = description.id;
    this.link = linkOf(ports[description.id], facts.deviceLink);
    const { downstreamPorts } = description;
    const below = placed(downstreamPorts, ports);
    this.ports = below.map(
      (port, n) => new DownstreamPort(`${downstreamPorts[n]}`, OF_SWITCH, port, facts, quirks, clock),
    );
    this.#component = component('upstream-port', facts, quirks);
    this.#doe = new DoeMailbox(
      [tableAccess(switchCdat(this.ports.length, quirks), quirks)],
      (vector) => msi.notify(vector),
      DOE_VECTOR,
      quirks,
    );
    const bar = { index: COMPONENT_BAR, size: 0x1_0000n, is64: true, responder: this.#component.registers };
    const { busNumbersWritable } = facts;
    const multiFunction = description.mailbox !== undefined;
    const identity = { ...told(UPSTREAM_IDENTITY, facts), multiFunction, busNumbersWritable };
    this.config = new ConfigSpace(identity, LAYOUT.bridge, [bar], { facts });
    for (const capability of upstreamCapabilities(description, this.link, facts)) this.config.addCapability(capability);
    const { all, doe } = upstreamExtended(description, facts);
    for (const capability of all) this.config.addExtended(capability);
    this.#doe.serve(this.config, doe.at);
    const msi = new Msi(this.config, MSI_AT, quirks);
    onSecondaryBusReset(this.config, () => this.#resetBelow());
    onFunctionReset(this.config, EXPRESS_AT, quirks, () => this.#resetPorts());
    this.#mailbox = multiFunction
      ? new SwitchMailbox(description, this.ports, facts, quirks, clock, (port) => this.#resetAt(port))
      : undefined;
    const own = { device: 0, fn: 0, config: this.config, behind: [...this.ports] };
    this.functions = [own, ...(this.#mailbox ? [this.#mailbox] : [])];
  }

  route(address: bigint): Type3Device | undefined {
    return routed(this.#component, this.ports, address);
  }

  /** What is at one of its ports: at the upstream one, all of the switch. */
  #resetAt(number: number): void {
    const port = this.ports.find((each) => each.number === number);
    if (port) port.reset(...OWN_ADDRESSES);
    else this.#resetPorts(...OWN_ADDRESSES);
  }

  /** Devices in its slots are reset too. */
  reset(): void {
    this.#mailbox?.reset();
    this.#resetPorts();
  }

  #resetPorts(...kept: number[]): void {
    this.config.reset(...kept);
    this.#component.reset();
    if (!this.quirks.has('doe-survives-reset')) this.#doe.reset();
    this.#resetBelow();
  }

  #resetBelow(): void {
    for (const port of this.ports) port.reset();
  }
}
