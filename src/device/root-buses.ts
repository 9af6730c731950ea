/** The root buses of a machine: what is on bus 0 by itself, and the host bridges' ports. */
import type { Facts } from '../ledger/facts';
import type { Topology } from '../machine/topology';
import type { CxlParts } from './cxl-parts';
import { Ecam, type PciBus, PciFabric } from './pci/pci-fabric';
import type { Board } from './platform/board';
import { expanderBridge, otherFunctions } from './platform/other-functions';

export class RootBuses {
  readonly others: ReturnType<typeof otherFunctions>;
  /** Bus 0. */
  own: PciBus = [];
  fabric = new PciFabric(new Map());
  ecam = new Ecam(this.fabric);

  /** `onChange` is called when addresses may have come to belong to somebody else. */
  constructor(
    private readonly board: Board,
    private readonly topology: Topology,
    private readonly facts: Facts,
    private readonly onChange: () => void,
  ) {
    this.others = otherFunctions(topology, facts);
    board.onMove(onChange);
  }

  /** Puts new host bridges on the buses, in the place of those that may be there; all else stays as it is. */
  connect(cxl: CxlParts): void {
    for (const [id, functions] of this.others.behind) cxl.addOthers(id, functions);
    const expanders = this.topology.hostBridges.map(({ place }, i) =>
      expanderBridge(place ?? { device: i + 1, fn: 0 }, this.facts),
    );
    this.own = [...this.board.before, ...expanders, ...this.others.bus, ...this.board.behind];
    this.fabric = new PciFabric(new Map<number, PciBus>([[0, this.own], ...cxl.rootBuses]));
    this.ecam = new Ecam(this.fabric);
    for (const { config } of this.fabric.functions()) config.onChange = this.onChange;
  }
}
