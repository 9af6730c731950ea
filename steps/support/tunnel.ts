/** The mailbox of a device at a port of a switch, which the switch's mailbox passes commands on to. CXL r3.1 Section 7.6.7.3.1: Tunnel Management Command. */
import { OPCODE, RETURN_CODE } from '../../src/codec/cxl/mailbox/command';
import {
  COMMAND_EFFECTS_LOG,
  decodeCel,
  GetLogInput,
  SupportedLog,
  SupportedLogs,
} from '../../src/codec/cxl/mailbox/logs';
import { TUNNEL_HEADER, Tunnelled, TunnelledAnswer } from '../../src/codec/cxl/mailbox/switch';
import type { Answer, MemoryDevice } from '../../src/machine/memory-device';

/** What commands can be sent to. */
export type Mailbox = Pick<MemoryDevice, 'send' | 'commandEffects' | 'observe'>;

export class TunnelledMailbox implements Mailbox {
  #effects: ReadonlyMap<number, number> | undefined;

  constructor(
    private readonly cci: Mailbox,
    private readonly port: number,
  ) {}

  /** The device's own answer; the switch's, if it does not pass the command on. */
  async send(opcode: number, input: Uint8Array): Promise<Answer> {
    const size = Tunnelled.size - TUNNEL_HEADER + input.length;
    const message = Tunnelled.encode({ port: this.port, size, opcode, payloadLength: input.length });
    const { code, output } = await this.cci.send(OPCODE.tunnelManagementCommand, Buffer.concat([message, input]));
    if (code !== RETURN_CODE.success) return { code, output };
    const { returnCode } = TunnelledAnswer.decode(output);
    return { code: returnCode, output: output.slice(TunnelledAnswer.size) };
  }

  async commandEffects(): Promise<ReadonlyMap<number, number>> {
    this.#effects ??= new Map(decodeCel(await this.#effectsLog()).map(({ opcode, effect }) => [opcode, effect]));
    return this.#effects;
  }

  observe(): Promise<never> {
    throw new Error('what a device answers through a switch is not compared');
  }

  async #effectsLog(): Promise<Uint8Array> {
    const logs = await this.send(OPCODE.getSupportedLogs, new Uint8Array());
    const { size } = SupportedLog.decode(logs.output, SupportedLogs.size);
    const input = GetLogInput.encode({ log: COMMAND_EFFECTS_LOG, offset: 0, length: size });
    return (await this.send(OPCODE.getLog, input)).output;
  }
}
