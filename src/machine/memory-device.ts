/** What a device answers to a command. */
export interface Answer {
  /** The return code: CXL r3.1 Table 8-34. */
  readonly code: number;
  readonly output: Uint8Array;
}

/** How background operations stand. CXL r3.1 Sections 8.2.8.4.6 and 8.2.8.4.7. */
export interface BackgroundState {
  readonly running: boolean;
  /** Of the last operation; 0 before the first. */
  readonly opcode: number;
  readonly percentage: number;
  /** The return code, once it has ended. */
  readonly code: number;
}

/** Whether software can use the media: Memory Device Status. CXL r3.1 Section 8.2.8.5.1.1. */
export type MediaStatus = 'not ready' | 'ready' | 'in error' | 'disabled';

/** The device registers of a CXL memory device, as a driver meets them. CXL r3.1 Section 8.2.8: CXL Device Register Interface. */
export interface MemoryDevice {
  /** Gives the device a command by its primary mailbox, whatever comes of it. */
  send(opcode: number, input: Uint8Array): Promise<Answer>;
  /** Event Status, a bit for each log that has records. */
  eventStatus(): Promise<number>;
  /** The Command Effects Log: effects by opcode. */
  commandEffects(): Promise<ReadonlyMap<number, number>>;
  background(): Promise<BackgroundState>;
  /** Has it interrupt when a background operation is over. Yields by which MSI-X vector; undefined if it cannot. */
  interruptAfterBackground(): Promise<number | undefined>;
  /** The MSI-X vector of its mailbox. */
  mailboxVector(): Promise<number>;
  mediaStatus(): Promise<MediaStatus>;
  /** What it answers to each command that asks without changing anything, by the command's name, and its status. */
  observe(): Promise<Readonly<Record<string, string>>>;
}
