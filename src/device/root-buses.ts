/** The root buses of a q35 machine: what is on bus 0 by itself, and the host bridges' ports. */
import { PCIEXBAR } from '../codec/pci/q35';
import type { Facts } from '../ledger/facts';
import type { Quirks } from '../ledger/quirks';
import type { Topology } from '../machine/topology';
import type { CxlParts } from './cxl-parts';
import { Ecam, type PciBus, PciFabric } from './pci/pci-fabric';
import { expanderBridge, memoryControllerHub, otherFunctions, southBridge } from './q35';

export class RootBuses {
  readonly others: ReturnType<typeof otherFunctions>;
  /** Bus 0. */
  own: PciBus = [];
  fabric = new PciFabric(new Map());
  readonly #hub = memoryControllerHub();
  readonly #southBridge = southBridge();
  ecam = new Ecam(this.fabric, this.#hub.config);

  /** `onChange` is called when addresses may have come to belong to somebody else. */
  constructor(
    private readonly topology: Topology,
    private readonly facts: Facts,
    private readonly quirks: Quirks,
    private readonly onChange: () => void,
  ) {
    this.others = otherFunctions(topology, facts, quirks);
    this.#hub.config.onWrite(PCIEXBAR, onChange);
  }

  /** Puts new host bridges on the buses, in the place of those that may be there; all else stays as it is. */
  connect(cxl: CxlParts): void {
    const expanders = this.topology.hostBridges.map((_, i) => expanderBridge(i + 1, this.facts, this.quirks));
    this.own = [this.#hub, ...expanders, ...this.others.bus, ...this.#southBridge];
    this.fabric = new PciFabric(new Map<number, PciBus>([[0, this.own], ...cxl.rootBuses]));
    this.ecam = new Ecam(this.fabric, this.#hub.config);
    for (const { config } of this.fabric.functions()) config.onChange = this.onChange;
  }
}
