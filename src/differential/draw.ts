/** What is drawn by lot: a machine, and what software is to do to it. */
import type { Width } from '../machine/registers';
import type { Topology } from '../machine/topology';

export interface Draw {
  readonly topology: Topology;
  readonly regions: readonly RegionDraw[];
  /** Whether HDM Decoder Enable is set. */
  readonly enabled: boolean;
  readonly touches: readonly Touch[];
  /** Position of the memory device that is given commands, and by what it gets before it gets all. */
  readonly device: number;
  /** Id of the one that is given commands instead; of a switch's mailbox, any there is. */
  readonly asked?: string;
  readonly commands: readonly CommandDraw[];
  /** Writes to all registers, and resets; none unless given. */
  readonly steps?: readonly Step[];
  /** What mailboxes are asked for where two do not have the same; what the one at hand has unless given. */
  readonly among?: Vocabulary;
}

/** What a mailbox may be asked for. */
export interface Vocabulary {
  /** Of the Command Effects Log, in its order. */
  readonly opcodes: readonly number[];
  /** UUIDs of features. */
  readonly features: readonly string[];
}

/**
 * A range of a window for which decoders are programmed, all the way. Positions are numbers from 0 on, which count
 * around: whatever is drawn makes sense on any machine.
 */
export interface RegionDraw {
  /** Position of the window. */
  readonly window: number;
  /** From the base of the window, in 256 MiB. */
  readonly offset: number;
  /** Of each device, in 256 MiB. */
  readonly share: number;
  /** Root ports of each host bridge, if it has so many. */
  readonly ports: 1 | 2 | 4;
  /** Devices behind each of those root ports, if they lead to switches with so many. */
  readonly fan: 1 | 2 | 4;
  /** Of each device, in 256 MiB. */
  readonly skip: number;
  /** Makes one decoder of the region another one than it has to be. */
  readonly oddity: Oddity | undefined;
}

export interface Oddity {
  /** Position of the decoder among those of the region. */
  readonly step: number;
  readonly field: 'offset' | 'share' | 'ways' | 'granularity' | 'targets';
  readonly value: number;
}

/** An access to memory. */
export interface Touch {
  /** Position of the region. */
  readonly region: number;
  /** Bytes from its base, counting around. */
  readonly offset: number;
}

/** A mailbox command. */
export interface CommandDraw {
  /** Position of the opcode in the effects log, counting on into opcodes that are not in it. */
  readonly command: number;
  /** For the fields of its input, by turn; zeros where there are none. */
  readonly numbers: readonly bigint[];
  readonly length: 'right' | 'none' | 'short' | 'long' | 'held' | 'above' | 'largest';
}

/** Something done to registers. */
export type Step = Pass | Reset;

/** One write to each register of each function. */
export interface Pass {
  readonly kind: 'write';
  /** Of each access; registers that take no such accesses are left alone. */
  readonly width: Width;
  /** A number is a seed. */
  readonly value: 'ones' | 'zeros' | number;
}

/** Of the machine; by Secondary Bus Reset of a bridge; by Initiate Function Level Reset of a function. */
export interface Reset {
  readonly kind: 'machine' | 'bus' | 'function';
  /** Position of the bridge or the function, counting around. */
  readonly position: number;
}
