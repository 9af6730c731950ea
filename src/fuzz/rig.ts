/** A machine that actions are done to: its mailboxes, and what each action yields, as a tree to compare. */
import { MAILBOX } from '../codec/cxl/device';
import { BLOCK_ID } from '../codec/cxl/dvsec';
import { COMMAND_ROWS, commandNamed, OF_NO_RELEASE, OPCODE } from '../codec/cxl/mailbox/command';
import { COMMAND_EFFECTS_LOG } from '../codec/cxl/mailbox/logs';
import { hex } from '../codec/range';
import { showInput } from '../differential/answers';
import { byChance, ENDED, type Specimen } from '../differential/comparator';
import type { Tree } from '../differential/difference';
import type { Vocabulary } from '../differential/draw';
import { cxlFunctions } from '../differential/functions';
import { inputOf } from '../differential/inputs';
import { answer, vocabularyOf } from '../differential/mailbox';
import { Mailbox } from '../driver/mailbox';
import { DeviceRegisters } from '../driver/memory-device';
import { registerBlocks } from '../driver/register-blocks';
import type { QmpCommandName } from '../ledger/qmp-commands';
import { NotApplicable } from '../ledger/verdict';
import { MachineCrash, Overrun } from '../machine/crash';
import type { Hpa } from '../machine/hardware';
import { Refusal } from '../machine/refusal';
import { encodeTunnelled } from '../target/tunnel';
import { type Action, qmpOf } from './action';

interface Box {
  readonly id: string;
  readonly mailbox: Mailbox;
  readonly at: Hpa;
  readonly has: Vocabulary;
}

/** Commands of what is at a port of a switch. */
const TUNNELLED = [...COMMAND_ROWS].flatMap(([opcode, { since }]) => (since?.managed ? [opcode] : []));

/** From the device registers of a QEMU to its mailbox. */
const MAILBOX_AT = 0x88n;

export class Rig {
  private constructor(
    private readonly specimen: Specimen,
    private readonly boxes: readonly Box[],
    private readonly release: string,
  ) {}

  static async of(specimen: Specimen, release: string): Promise<Rig> {
    const { machine } = specimen;
    const boxes: Box[] = [];
    for (const { id, kind, device } of await cxlFunctions(specimen)) {
      if (kind !== 'memory' && kind !== 'switch mailbox') continue;
      const at = (await registerBlocks(device)).get(BLOCK_ID.device);
      if (at === undefined) continue;
      const mailbox = await Mailbox.open(machine, at);
      boxes.push({ id, mailbox, at, has: await vocabularyOf(mailbox) });
    }
    return new Rig(specimen, boxes, release);
  }

  /** What each mailbox lists; undefined if there is none. */
  get mailboxes(): Tree {
    return this.boxes.length === 0 ? undefined : Object.fromEntries(this.boxes.map(({ id, has }) => [id, has.opcodes]));
  }

  /** For people. */
  show(action: Action): string {
    if (action.kind === 'qmp') {
      const { command, given } = qmpOf(action, this.release) ?? {};
      return `QMP ${command} to ${this.#deviceOf(action.device)}: ${json(given)}`;
    }
    const box = this.#boxOf(action.box);
    if (!box) return 'nothing';
    if (action.kind === 'access') {
      const { offset, wide, value } = action;
      const what = `${wide ? 8 : 4} bytes at ${hex(box.at + MAILBOX_AT + BigInt(offset))} of ${box.id}, mailbox +${hex(offset)}`;
      return value === undefined ? `read ${what}` : `write ${hex(value)} to ${what}`;
    }
    const { opcode, input, to } = this.#commandOf(action, box);
    const told = COMMAND_ROWS.has(opcode) ? commandNamed(opcode) : `opcode ${hex(opcode)}`;
    return `${to} is sent ${told} (${hex(opcode)}): ${showInput(opcode, input)}; ${input.length} bytes: ${digits(input)}`;
  }

  /** What comes of it. */
  async do(action: Action): Promise<Tree> {
    try {
      if (action.kind === 'qmp') return await this.#tell(action);
      const box = this.#boxOf(action.box);
      if (!box) return undefined;
      if (action.kind === 'access') return await this.#access(action, box);
      const { opcode, input, port } = this.#commandOf(action, box);
      if (port === undefined) return await answer(box.mailbox, opcode, input);
      return await answer(box.mailbox, OPCODE.tunnelManagementCommand, encodeTunnelled(port, opcode, input));
    } catch (error) {
      return endOf(error);
    }
  }

  /** What can be read of each mailbox's component. */
  async observe(): Promise<Tree> {
    try {
      const seen: Record<string, Tree> = {};
      for (const { id, at } of this.boxes)
        seen[id] = await (await DeviceRegisters.open(this.specimen.machine, at)).observe();
      return seen;
    } catch (error) {
      return endOf(error);
    }
  }

  #boxOf = (position: number): Box | undefined => this.boxes[position % Math.max(1, this.boxes.length)];

  #deviceOf(position: number): string {
    const { type3s } = this.specimen.draw.topology;
    return type3s[position % Math.max(1, type3s.length)]?.id ?? 'none';
  }

  #commandOf({ command, through }: Extract<Action, { kind: 'command' }>, { id, has }: Box) {
    const isSwitch = has.opcodes.includes(OPCODE.tunnelManagementCommand);
    const port = isSwitch && through !== undefined ? through : undefined;
    const opcodes = port === undefined ? [...has.opcodes, ...OF_NO_RELEASE] : TUNNELLED;
    const opcode = opcodes[command.command % opcodes.length] ?? 0;
    const whole = inputOf(opcode, command, [COMMAND_EFFECTS_LOG, ...has.features]);
    const input = port === undefined ? whole : whole.subarray(0, LARGEST_TUNNELLED);
    return { opcode, input, port, to: port === undefined ? id : `port ${port} through ${id}` };
  }

  async #access({ offset, wide, value }: Extract<Action, { kind: 'access' }>, { at }: Box): Promise<Tree> {
    const { machine } = this.specimen;
    const address = at + MAILBOX_AT + BigInt(wide ? offset & ~7 : offset);
    if (value !== undefined && wide) await machine.write64(address, BigInt.asUintN(64, value));
    if (value !== undefined && !wide) await machine.write32(address, Number(BigInt.asUintN(32, value)));
    const control = await machine.read32(at + MAILBOX_AT + BigInt(MAILBOX.control));
    return {
      control: BigInt(control),
      read: wide ? await machine.read64(address) : BigInt(await machine.read32(address)),
    };
  }

  async #tell(action: Extract<Action, { kind: 'qmp' }>): Promise<Tree> {
    const told = qmpOf(action, this.release);
    if (!told) return undefined;
    await this.specimen.machine.command(this.#deviceOf(action.device), told.command as QmpCommandName, told.given);
    return 'accepted';
  }
}

/** A tunnelled message says its size in 16 bits. */
const LARGEST_TUNNELLED = 2100;

/** @throws what is no end of a machine and no refusal. */
function endOf(error: unknown): Tree {
  if (error instanceof Overrun) return byChance(error.quirk);
  if (error instanceof MachineCrash) return { [ENDED]: error.signal };
  if (error instanceof Refusal) return `refused: ${error.complaint}`;
  if (error instanceof NotApplicable) return 'not applicable';
  throw error;
}

const digits = (input: Uint8Array): string => {
  const text = Buffer.from(input)
    .toString('hex')
    .replace(/(?:00)+$/, '');
  return text === '' ? 'zeros' : text;
};

const json = (value: unknown): string =>
  JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? Number(each) : each));
