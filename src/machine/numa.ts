/** NUMA of a machine: nodes, distances, latencies and bandwidths, side caches, Generic Initiators and Generic Ports. */

/** `-numa`, and what else belongs to proximity domains. A node's number is its position. */
export interface Numa {
  readonly nodes: readonly Node[];
  readonly distances: readonly Distance[];
  readonly localities: readonly Locality[];
  readonly sideCaches?: readonly SideCache[];
  readonly genericInitiators: readonly GenericInitiator[];
  readonly genericPorts: readonly GenericPort[];
}

/** `-numa node`. One without RAM and processors is merely declared. */
export interface Node {
  readonly ram: bigint;
  /** Numbers of processors. */
  readonly processors: readonly number[];
  /** Of a node without processors: the node whose processors are nearest. */
  readonly initiator?: number;
}

/** `-numa dist`, in tenths of a node's distance to itself. */
export interface Distance {
  readonly from: number;
  readonly to: number;
  readonly distance: number;
}

/** `-numa hmat-lb`: what the memory of node `target` is to software on node `initiator`. */
export interface Locality {
  readonly initiator: number;
  readonly target: number;
  /** Nanoseconds. */
  readonly latency?: number;
  /** Bytes per second. */
  readonly bandwidth?: bigint;
  /** Of what access; of any unless given. */
  readonly access?: 'read' | 'write';
  /** Of which of the target's side caches; of its memory unless given. */
  readonly cache?: 1 | 2 | 3;
}

/** `-numa hmat-cache`: a cache in front of the memory of a node. */
export interface SideCache {
  readonly node: number;
  readonly level: number;
  readonly size: bigint;
  readonly associativity: 'none' | 'direct' | 'complex';
  readonly policy: 'none' | 'write-back' | 'write-through';
  /** Bytes. */
  readonly line: number;
}

/** `acpi-generic-initiator`. A machine that lacks either is refused. */
export interface GenericInitiator {
  /** Of the object; `gi` and its position unless given. */
  readonly id?: string;
  /** Id of a PCI device. */
  readonly device?: string;
  readonly node?: number;
}

/** `acpi-generic-port`. A machine that lacks either is refused. */
export interface GenericPort {
  /** Of the object; `gp` and its position unless given. */
  readonly id?: string;
  /** Id. */
  readonly hostBridge?: string;
  readonly node?: number;
}
