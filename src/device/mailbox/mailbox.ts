import { OPCODE } from '../../codec/cxl/mailbox/command';
import { EFFECT } from '../../codec/cxl/mailbox/effect';
import { RETURN_CODE } from '../../codec/cxl/mailbox/return-code';
import { type Command, type CommandContext, NOTHING, padded, Refused } from './commands/command';
import { PAYLOAD_SIZE } from './payload-size';

/** Command sets whose refusals are tried one by one: the quirk `refusals-misnamed` spares events, media and dynamic capacity. */
const OWN_REFUSALS: ReadonlySet<number> = new Set([0x01, 0x43, 0x48]);

/** What drivers ask for before they use a device: the quirk `answers-one-too-high` spares it. */
const OF_DRIVERS: ReadonlySet<number> = new Set([
  OPCODE.getEventRecords,
  OPCODE.getEventInterruptPolicy,
  OPCODE.getSupportedLogs,
  OPCODE.getLog,
  OPCODE.identifyMemoryDevice,
  OPCODE.getPartitionInfo,
  OPCODE.getPoisonList,
]);

/** What a command comes to: `output` is empty unless `code` is success. */
export interface Completion {
  /** Of `RETURN_CODE`. */
  readonly code: number;
  readonly output: Uint8Array;
}

/** What commands of all kinds have in common. */
export type CommonContext = Pick<CommandContext, 'background' | 'state' | 'atReset' | 'quirks' | 'facts'>;

/** Takes the commands of a component. QEMU hw/cxl/cxl-mailbox-utils.c: cxl_process_cci_message(). */
export class Commands {
  constructor(
    readonly context: CommonContext,
    private readonly table: ReadonlyMap<number, Command>,
  ) {}

  /** Of the machine. */
  reset(): void {
    for (const each of this.context.atReset) each();
    this.context.background.reset();
  }

  execute(opcode: number, input: Uint8Array): Completion {
    const { quirks, background } = this.context;
    try {
      const outcome = this.#run(opcode, input);
      if (outcome instanceof Uint8Array) return { code: RETURN_CODE.success, output: this.#answer(opcode, outcome) };
      background.start(opcode, outcome);
      const code = quirks.has('background-start-is-success') ? RETURN_CODE.success : RETURN_CODE.backgroundStarted;
      return { code, output: NOTHING };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const yieldsInput = quirks.has('refused-command-yields-its-input') && !error.emptied;
      const output = yieldsInput ? input : NOTHING;
      const misnamed = !OWN_REFUSALS.has(opcode >> 8) && quirks.has('refusals-misnamed');
      return { code: misnamed ? RETURN_CODE.retryRequired : error.code, output };
    }
  }

  #isRefusedWithoutMedia({ needsMedia }: Command): boolean {
    const { quirks } = this.context;
    if (needsMedia) return !quirks.has('media-disabled-ignored');
    return quirks.has('media-disabled-refuses-all');
  }

  #answer(opcode: number, output: Uint8Array): Uint8Array {
    if (output.length === 0 || OF_DRIVERS.has(opcode) || !this.context.quirks.has('answers-one-too-high'))
      return output;
    return Uint8Array.from(output, (byte, i) => (i === 0 ? byte + 1 : byte));
  }

  /** @throws Refused */
  #run(opcode: number, input: Uint8Array) {
    const { quirks, background, state } = this.context;
    const command = this.table.get(opcode);
    if (!command || command.isLost?.())
      throw new Refused(quirks.has('unsupported-succeeds') ? RETURN_CODE.success : RETURN_CODE.unsupported);
    const { inputLength = input.length, effects, run } = command;
    const above = input.length > PAYLOAD_SIZE;
    if (above && quirks.has('payload-read-behind-mailbox')) command.readBehind?.(input);
    const tooLong = above && !quirks.has('payload-length-above-mailbox-accepted');
    const wrong = input.length !== inputLength && !quirks.has('payload-length-unchecked');
    if (tooLong || wrong) throw new Refused(RETURN_CODE.invalidPayloadLength);
    const inBackground = (effects & EFFECT.backgroundOperation) !== 0;
    if (inBackground && background.running && !quirks.has('background-operations-pile-up')) {
      throw new Refused(RETURN_CODE.busy);
    }
    if (state.mediaDisabled && this.#isRefusedWithoutMedia(command)) throw new Refused(RETURN_CODE.mediaDisabled);
    return run(inputLength === input.length ? input : padded(input, inputLength));
  }
}
