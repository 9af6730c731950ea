/** The root buses of a machine: what the board and its options put on bus 0, and the host bridges' ports. */
import type { Facts } from '../ledger/facts';
import type { Quirks } from '../ledger/quirks';
import type { Topology } from '../machine/topology';
import type { CxlParts } from './cxl-parts';
import { Ecam, type PciBus, PciFabric } from './pci/pci-fabric';
import type { Board } from './platform/board';
import { expanderBridge, otherFunctions } from './platform/other-functions';

export class RootBuses {
  readonly #roots = new Map<number, PciBus>();
  readonly fabric = new PciFabric(this.#roots);
  readonly ecam = new Ecam(this.fabric);
  readonly others: ReturnType<typeof otherFunctions>;

  /** `onChange` is called when addresses may have come to belong to somebody else. */
  constructor(
    private readonly board: Board,
    private readonly topology: Topology,
    private readonly facts: Facts,
    private readonly quirks: Quirks,
    private readonly onChange: () => void,
  ) {
    this.others = otherFunctions(topology, facts, quirks);
    board.onMove(onChange);
  }

  /** Bus 0. */
  get own(): PciBus {
    return this.#roots.get(0) ?? [];
  }

  /** Puts new host bridges on the buses, in the place of those that may be there; all else stays as it is. */
  connect(cxl: CxlParts): void {
    const { before, behind } = this.board;
    const expanders = this.topology.hostBridges.map((_, i) => expanderBridge(i + 1, this.facts, this.quirks));
    this.#roots.set(0, [...before, ...expanders, ...this.others.bus, ...behind]);
    for (const [number, bus] of cxl.rootBuses) this.#roots.set(number, bus);
    for (const { config } of this.fabric.functions()) config.onChange = this.onChange;
  }
}
