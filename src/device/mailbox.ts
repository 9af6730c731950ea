import { RETURN_CODE } from '../codec/cxl/mailbox/command';
import { type CommandContext, NOTHING, Refused } from './commands/command';
import { commandTable } from './commands/table';

/** What a command comes to: `output` is empty unless `code` is success. */
export interface Completion {
  /** Of `RETURN_CODE`. */
  readonly code: number;
  readonly output: Uint8Array;
}

/** Takes the commands of a Type 3 device. QEMU hw/cxl/cxl-mailbox-utils.c: cxl_process_cci_message(). */
export class Commands {
  readonly #table;

  constructor(private readonly context: CommandContext) {
    this.#table = commandTable(context);
  }

  execute(opcode: number, input: Uint8Array): Completion {
    try {
      return { code: RETURN_CODE.success, output: this.#run(opcode, input) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { code: error.code, output: NOTHING };
    }
  }

  /** @throws Refused */
  #run(opcode: number, input: Uint8Array): Uint8Array {
    const command = this.#table.get(opcode);
    if (!command) throw new Refused(RETURN_CODE.unsupported);
    const { inputLength = input.length, run } = command;
    if (input.length === inputLength) return run(input);
    if (!this.context.quirks.has('payload-length-unchecked')) throw new Refused(RETURN_CODE.invalidPayloadLength);
    return run(Buffer.concat([input, Buffer.alloc(inputLength)]).subarray(0, inputLength));
  }
}
