import type { Hpa } from './hardware';

/** Blocks of registers: a function's configuration space, its CXL.cache and CXL.mem registers, its device registers. */
export type BlockName = 'configuration' | 'component' | 'device';

/** What software sees of a PCI function, or of a host bridge. */
export interface RegisterDump {
  /** `0000:0d:00.0`, or `host bridge 12`, by its _UID. */
  readonly of: string;
  /** Bytes of the blocks that it has. */
  readonly blocks: Readonly<Partial<Record<BlockName, Uint8Array>>>;
}

/** Where a function is: below a host bridge, by the device number on each bus on the way. The bridge itself has no way. */
export interface Place {
  /** ACPI _UID of the host bridge. */
  readonly hostBridge: number;
  readonly way: readonly number[];
  /** Of the last device; 0 unless given. */
  readonly fn?: number;
}

/** Bytes of one access. */
export type Width = 1 | 2 | 4 | 8;

/** An entry of a CDAT, as DOE yields it. */
export interface CdatEntry {
  readonly bytes: Uint8Array;
  /** Whether it says that no other follows. */
  readonly isLast: boolean;
}

/** The registers of one function or host bridge, as a driver meets them. */
export interface Registers {
  /** All that can be read without side effects, 32 bits at a time. */
  dump(): Promise<RegisterDump>;
  /** One access of that width. @throws DecodeError if there is no such block. */
  read(block: BlockName, offset: number, width: Width): Promise<bigint>;
  write(block: BlockName, offset: number, width: Width, value: bigint): Promise<void>;
  /** The entry of its CDAT with that handle, by DOE; undefined if there is no answer. @throws DecodeError if it has no CDAT */
  cdatEntry(handle: number): Promise<CdatEntry | undefined>;
  /**
   * Enables MSI-X, with all vectors: each has a word from `messages` on, which is zero until it interrupts. Yields how many
   * there are. @throws DecodeError if the function has no MSI-X
   */
  enableMsix(messages: Hpa): Promise<number>;
}
