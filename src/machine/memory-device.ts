/** What a device answers to a command. */
export interface Answer {
  /** The return code: CXL r3.1 Table 8-34. */
  readonly code: number;
  readonly output: Uint8Array;
}

/** The device registers of a CXL memory device, as a driver meets them. CXL r3.1 Section 8.2.8: CXL Device Register Interface. */
export interface MemoryDevice {
  /** Gives the device a command by its primary mailbox, whatever comes of it. */
  send(opcode: number, input: Uint8Array): Promise<Answer>;
  /** Event Status, a bit for each log that has records. */
  eventStatus(): Promise<number>;
}
