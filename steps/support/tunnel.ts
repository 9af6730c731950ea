/** The mailbox of a device at a port of a switch, which the switch's mailbox passes commands on to. CXL r3.1 Section 7.6.7.3.1: Tunnel Management Command. */
import type { Answer, MemoryDevice } from '../../src/machine/memory-device';
import { effectsLogThrough, sendThrough } from '../../src/target/tunnel';

/** What commands can be sent to. */
export type Mailbox = Pick<MemoryDevice, 'send' | 'commandEffects' | 'observe'>;

export class TunnelledMailbox implements Mailbox {
  #effects: ReadonlyMap<number, number> | undefined;

  constructor(
    private readonly cci: Mailbox,
    private readonly port: number,
  ) {}

  /** The device's own answer; the switch's, if it does not pass the command on. */
  send(opcode: number, input: Uint8Array): Promise<Answer> {
    return sendThrough(this.cci, this.port, opcode, input);
  }

  async commandEffects(): Promise<ReadonlyMap<number, number>> {
    const log = this.#effects ? [] : await effectsLogThrough(this.cci, this.port);
    this.#effects ??= new Map(log.map(({ opcode, effect }) => [opcode, effect]));
    return this.#effects;
  }

  observe(): Promise<never> {
    throw new Error('what a device answers through a switch is not compared');
  }
}
