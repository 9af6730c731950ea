import { commandNamed, OPCODE } from '../../src/codec/cxl/mailbox/command';
import { RETURN_CODE } from '../../src/codec/cxl/mailbox/return-code';
import { NotApplicable } from '../../src/ledger/verdict';
import type { Answer, MemoryDevice } from '../../src/machine/memory-device';
import { type Mailbox, TunnelledMailbox } from './tunnel';

/** Of `m0 through cci0`. */
const THROUGH = ' through ';

const isTunnelled = (id: string): boolean => id.includes(THROUGH);

/** For how long something that passes may be in the way, in ms. */
const PATIENCE = 1000;

/** The memory devices of a scenario, by id: which commands it sends to them, and what they answer. `m0 through cci0` is one, too. */
export class Devices {
  /** Whether the scenario asks whether a command has changed anything: what can be read of a device is read before each. */
  compared = false;
  /** To what was sent to each command last, by opcode. */
  answersToEach: ReadonlyMap<number, Answer> = new Map();
  readonly #opened = new Map<string, Promise<MemoryDevice>>();
  readonly #tunnelled = new Map<string, Mailbox>();
  readonly #answers = new Map<string, { readonly opcode: number; readonly answer: Answer }>();
  readonly #seen = new Map<string, Readonly<Record<string, string>>>();

  /** `lacking` says what kinds of devices are known to have no such command: the machine need not be asked again. */
  constructor(
    private readonly find: (id: string) => Promise<MemoryDevice>,
    private readonly lacking: (id: string) => Set<number>,
    /** At which port of the switch with that mailbox a device is. */
    private readonly portOf: (id: string, cci: string) => number,
  ) {}

  open(id: string): Promise<MemoryDevice> {
    const device = this.#opened.get(id) ?? this.find(id);
    this.#opened.set(id, device);
    return device;
  }

  /** Gives it a command. @throws NotApplicable if its Command Effects Log has no such command */
  async send(id: string, opcode: number, input: Uint8Array): Promise<Answer> {
    await this.effectsOf(id, opcode);
    if (this.compared) this.#seen.set(id, await (await this.#mailbox(id)).observe());
    return this.#give(id, opcode, input);
  }

  /** Gives it each command of its Command Effects Log for which there is an input. Yields the answers, by opcode. */
  async sendEach(id: string, inputOf: (opcode: number) => Uint8Array | undefined): Promise<Map<number, Answer>> {
    const mailbox = await this.#mailbox(id);
    const opcodes = [...(await mailbox.commandEffects()).keys()];
    if (this.compared) this.#seen.set(id, await mailbox.observe());
    const answers = new Map<number, Answer>();
    for (const opcode of opcodes) {
      const input = inputOf(opcode);
      if (input) answers.set(opcode, await this.#give(id, opcode, input));
    }
    this.answersToEach = answers;
    return answers;
  }

  /** Gives it a command until it takes it, for as long as something is in the way that passes. */
  async sendUntilTaken(id: string, opcode: number, input: Uint8Array): Promise<Answer> {
    const until = performance.now() + PATIENCE;
    let answer: Answer;
    do answer = await this.send(id, opcode, input);
    while (answer.code !== RETURN_CODE.success && performance.now() < until);
    return answer;
  }

  /** Gives it a command that its Command Effects Log does not have. @throws NotApplicable if it has */
  async sendUnlisted(id: string, opcode: number): Promise<Answer> {
    const effects = (await (await this.#mailbox(id)).commandEffects()).get(opcode);
    if (effects !== undefined) throw new NotApplicable(`${id} has the command ${commandNamed(opcode)}`);
    return this.#give(id, opcode, new Uint8Array());
  }

  /** What its Command Effects Log says of a command. @throws NotApplicable if it has no such command */
  async effectsOf(id: string, opcode: number): Promise<number> {
    const lacking = isTunnelled(id) ? new Set() : this.lacking(id);
    const effects = lacking.has(opcode) ? undefined : (await (await this.#mailbox(id)).commandEffects()).get(opcode);
    if (effects !== undefined) return effects;
    lacking.add(opcode);
    throw new NotApplicable(`${id} has no command ${commandNamed(opcode)}`, commandNamed(opcode));
  }

  /** The last command that it was given, and the answer. */
  last(id: string): { readonly opcode: number; readonly answer: Answer } {
    const last = this.#answers.get(id);
    if (!last) throw new Error(`${id} was given no command`);
    return last;
  }

  /** What could be seen of it before the last command. */
  seenBefore(id: string): Readonly<Record<string, string>> {
    const seen = this.#seen.get(id);
    if (!seen) throw new Error(`what ${id} was before is not known: the scenario needs the tag @unchanged`);
    return seen;
  }

  /** @throws NotApplicable if the switch passes no commands on. */
  async #mailbox(id: string): Promise<Mailbox> {
    if (!isTunnelled(id)) return this.open(id);
    const known = this.#tunnelled.get(id);
    if (known) return known;
    const [device = '', cci = ''] = id.split(THROUGH);
    await this.effectsOf(cci, OPCODE.tunnelManagementCommand);
    const mailbox = new TunnelledMailbox(await this.open(cci), this.portOf(device, cci));
    this.#tunnelled.set(id, mailbox);
    return mailbox;
  }

  async #give(id: string, opcode: number, input: Uint8Array): Promise<Answer> {
    const answer = await (await this.#mailbox(id)).send(opcode, input);
    this.#answers.set(id, { opcode, answer });
    return answer;
  }
}
