import { commandNamed } from '../../src/codec/cxl/mailbox/command';
import { RETURN_CODE } from '../../src/codec/cxl/mailbox/return-code';
import { NotApplicable } from '../../src/ledger/verdict';
import type { Answer, MemoryDevice } from '../../src/machine/memory-device';

/** For how long something that passes may be in the way, in ms. */
const PATIENCE = 1000;

/** The memory devices of a scenario, by id: what it gives them to do, and what came of it. */
export class Devices {
  /** Whether the scenario asks whether a command has changed anything else. */
  compared = false;
  readonly #opened = new Map<string, Promise<MemoryDevice>>();
  readonly #answers = new Map<string, { readonly opcode: number; readonly answer: Answer }>();
  readonly #seen = new Map<string, Readonly<Record<string, string>>>();

  /** `lacking` says what kinds of devices are known to have no such command: the machine need not be asked again. */
  constructor(
    private readonly find: (id: string) => Promise<MemoryDevice>,
    private readonly lacking: (id: string) => Set<number>,
  ) {}

  open(id: string): Promise<MemoryDevice> {
    const device = this.#opened.get(id) ?? this.find(id);
    this.#opened.set(id, device);
    return device;
  }

  /** Gives it a command. @throws NotApplicable if its Command Effects Log has no such command */
  async send(id: string, opcode: number, input: Uint8Array): Promise<Answer> {
    await this.effectsOf(id, opcode);
    if (this.compared) this.#seen.set(id, await (await this.open(id)).observe());
    return this.#give(id, opcode, input);
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
    const effects = (await (await this.open(id)).commandEffects()).get(opcode);
    if (effects !== undefined) throw new NotApplicable(`${id} has the command ${commandNamed(opcode)}`);
    return this.#give(id, opcode, new Uint8Array());
  }

  /** What its Command Effects Log says of a command. @throws NotApplicable if it has no such command */
  async effectsOf(id: string, opcode: number): Promise<number> {
    const lacking = this.lacking(id);
    const effects = lacking.has(opcode) ? undefined : (await (await this.open(id)).commandEffects()).get(opcode);
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
    if (!seen) throw new Error(`nobody has looked at ${id}`);
    return seen;
  }

  async #give(id: string, opcode: number, input: Uint8Array): Promise<Answer> {
    const answer = await (await this.open(id)).send(opcode, input);
    this.#answers.set(id, { opcode, answer });
    return answer;
  }
}
