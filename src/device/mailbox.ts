import {
  CAPACITY_MULTIPLIER,
  CelEntry,
  COMMAND_EFFECTS_LOG,
  EventInterruptPolicy,
  GetLogInput,
  Identify,
  IdentifyDynamicCapacity,
  INTERRUPT_MODE,
  MailboxError,
  OPCODE,
  PartitionInfo,
  RETURN_CODE,
  SupportedLog,
  SupportedLogs,
} from '../codec/cxl/mailbox';
import type { Quirks } from '../ledger/quirks';
import type { Type3 } from '../machine/topology';

/** MSI-X vector of the informational event log; those of the others follow. */
const FIRST_EVENT_VECTOR = 2;

type Capacities = Pick<Type3, 'volatile' | 'persistent' | 'labelArea'>;

interface Command {
  /** Bytes; undefined where it may vary. */
  readonly inputLength: number | undefined;
  readonly run: (input: Uint8Array) => Uint8Array;
}

/** The commands of a Type 3 device, by opcode. QEMU hw/cxl/cxl-mailbox-utils.c. */
export class Commands {
  readonly #commands: ReadonlyMap<number, Command>;
  #eventPolicy: Uint8Array = EventInterruptPolicy.encode({});

  constructor(
    private readonly device: Capacities,
    private readonly quirks: Quirks,
  ) {
    this.#commands = new Map<number, Command>([
      [OPCODE.getEventInterruptPolicy, { inputLength: 0, run: () => this.#eventPolicy }],
      [OPCODE.setEventInterruptPolicy, { inputLength: undefined, run: (input) => this.#setEventPolicy(input) }],
      [OPCODE.getSupportedLogs, { inputLength: 0, run: () => this.#supportedLogs() }],
      [OPCODE.getLog, { inputLength: GetLogInput.size, run: (input) => this.#log(input) }],
      [OPCODE.identifyMemoryDevice, { inputLength: 0, run: () => this.#identify() }],
      [OPCODE.getPartitionInfo, { inputLength: 0, run: () => this.#partitionInfo() }],
    ]);
  }

  /** What the command answers. @throws MailboxError with its return code if it fails. */
  execute(opcode: number, input: Uint8Array): Uint8Array {
    const command = this.#commands.get(opcode);
    if (!command) throw new MailboxError(opcode, RETURN_CODE.unsupported);
    if (command.inputLength !== undefined && command.inputLength !== input.length)
      throw new MailboxError(opcode, RETURN_CODE.invalidPayloadLength);
    return command.run(input);
  }

  /** A fifth byte, for dynamic capacity, may follow. */
  #setEventPolicy(input: Uint8Array): Uint8Array {
    if (input.length < EventInterruptPolicy.size) {
      throw new MailboxError(OPCODE.setEventInterruptPolicy, RETURN_CODE.invalidPayloadLength);
    }
    const modes = [...input.subarray(0, EventInterruptPolicy.size)].map((setting) => setting & INTERRUPT_MODE.mask);
    const vectors = modes.map((mode, log) => (mode === INTERRUPT_MODE.msi ? (FIRST_EVENT_VECTOR + log) << 4 : 0));
    const policy = Uint8Array.from(modes, (mode, log) => mode | (vectors[log] ?? 0));
    if (!this.quirks.has('event-interrupt-policy-ignored')) this.#eventPolicy = policy;
    return new Uint8Array();
  }

  #supportedLogs(): Uint8Array {
    const size = this.#commandEffects().length;
    return Buffer.concat([SupportedLogs.encode({ count: 1 }), SupportedLog.encode({ ...COMMAND_EFFECTS_LOG, size })]);
  }

  #log(input: Uint8Array): Uint8Array {
    const { uuidLow, uuidHigh, offset, length } = GetLogInput.decode(input);
    const isCel = uuidLow === COMMAND_EFFECTS_LOG.uuidLow && uuidHigh === COMMAND_EFFECTS_LOG.uuidHigh;
    if (!isCel) throw new MailboxError(OPCODE.getLog, RETURN_CODE.invalidLog);
    const log = this.#commandEffects();
    if (offset + length > log.length) throw new MailboxError(OPCODE.getLog, RETURN_CODE.invalidInput);
    return log.subarray(offset, offset + length);
  }

  #commandEffects(): Uint8Array {
    return Buffer.concat([...this.#commands.keys()].map((opcode) => CelEntry.encode({ opcode })));
  }

  #identify(): Uint8Array {
    const [volatileCapacity, persistentCapacity] = this.#capacities(OPCODE.identifyMemoryDevice);
    const identify = Identify.encode({
      firmwareRevision: 'BWFW VERSION 00',
      totalCapacity: volatileCapacity + persistentCapacity,
      volatileCapacity,
      persistentCapacity,
      labelAreaSize: Number(this.device.labelArea),
      poisonListMaximumLow: 256,
    });
    return Buffer.concat([identify, IdentifyDynamicCapacity.encode({ eventLogSize: 8 })]);
  }

  #partitionInfo(): Uint8Array {
    const [activeVolatile, activePersistent] = this.#capacities(OPCODE.getPartitionInfo);
    return PartitionInfo.encode({ activeVolatile, activePersistent });
  }

  /** Volatile and persistent, in multiples. @throws MailboxError if they are none, as QEMU does. */
  #capacities(opcode: number): [bigint, bigint] {
    const { volatile, persistent } = this.device;
    const unit = this.quirks.has('identify-counts-bytes') ? 1n : CAPACITY_MULTIPLIER;
    const uneven = volatile % CAPACITY_MULTIPLIER || persistent % CAPACITY_MULTIPLIER;
    if (uneven && !this.quirks.has('identify-rounds-down')) {
      throw new MailboxError(opcode, RETURN_CODE.internalError);
    }
    const counted: [bigint, bigint] = [volatile / unit, persistent / unit];
    return this.quirks.has('identify-swaps-capacities') ? [counted[1], counted[0]] : counted;
  }
}
