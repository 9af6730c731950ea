import { bytesOfWords } from '../codec/bytes';
import {
  BACKGROUND_RUNS,
  CapabilitiesArray,
  DEVICE_CAPABILITY,
  DeviceCapabilityHeader,
  decodeBackgroundStatus,
  decodeCommand,
  decodeReturnCode,
  encodeCommand,
  MAILBOX,
  MailboxCapability,
  MailboxControl,
} from '../codec/cxl/device';
import { MailboxError } from '../codec/cxl/mailbox/command';
import type { CommandEffect } from '../codec/cxl/mailbox/logs';
import { RETURN_CODE } from '../codec/cxl/mailbox/return-code';
import { DecodeError } from '../codec/decode-error';
import { hex } from '../codec/range';
import { addressesOfWords, type Hardware, type Hpa } from '../machine/hardware';
import type { Answer, BackgroundState } from '../machine/memory-device';
import { readEffectsLog } from './effects-log';

const POLLS = 1000;

/** Bytes that any mailbox holds. CXL r3.1 Section 8.2.8.4.3: Mailbox Capabilities Register, Payload Size. */
const HELD_BY_ANY = 256;

/** The capabilities of a device's registers at `base`, by id. CXL r3.1 Section 8.2.8.1: CXL Device Capabilities Array Register. */
export async function deviceCapabilities(hardware: Hardware, base: Hpa): Promise<ReadonlyMap<number, Hpa>> {
  const { id, count } = CapabilitiesArray.decode(await readRegisters(hardware, base, CapabilitiesArray.size));
  if (id !== 0) throw new DecodeError(`device registers at ${hex(base)}`, 'begin with no Device Capabilities Array');
  const at = Array.from(
    { length: count },
    (_, i) => base + BigInt(CapabilitiesArray.size + i * DeviceCapabilityHeader.size),
  );
  const headers = await Promise.all(at.map((address) => readRegisters(hardware, address, DeviceCapabilityHeader.size)));
  return new Map(
    headers.map((bytes) => DeviceCapabilityHeader.decode(bytes)).map(({ id, offset }) => [id, base + BigInt(offset)]),
  );
}

/** `length` bytes of registers, 4 at a time. */
async function readRegisters(hardware: Hardware, base: Hpa, length: number): Promise<Uint8Array> {
  const words = await hardware.readWords(addressesOfWords(base, Math.ceil(length / 4)));
  return bytesOfWords(words).subarray(0, length);
}

/** The primary mailbox of a device. CXL r3.1 Section 8.2.8.4: Mailbox Registers. */
export class Mailbox {
  #interrupts = false;

  private constructor(
    private readonly hardware: Hardware,
    private readonly base: Hpa,
  ) {}

  /** @throws DecodeError if the device has none. */
  static async open(hardware: Hardware, registers: Hpa): Promise<Mailbox> {
    const base = (await deviceCapabilities(hardware, registers)).get(DEVICE_CAPABILITY.mailbox);
    if (base === undefined) throw new DecodeError(`device registers at ${hex(registers)}`, 'have no mailbox');
    return new Mailbox(hardware, base);
  }

  /** The output of a command. @throws MailboxError if the device refuses it. */
  async send(opcode: number, input: Uint8Array = new Uint8Array()): Promise<Uint8Array> {
    const { code, output } = await this.execute(opcode, input);
    if (code !== RETURN_CODE.success) throw new MailboxError(opcode, code);
    return output;
  }

  /** What it says of its commands. @throws DecodeError if there is none; MailboxError */
  effectsLog = (): Promise<CommandEffect[]> => readEffectsLog((opcode, input) => this.send(opcode, input));

  /** What the device answers to a command, whatever that is. Of an input that the mailbox does not hold, its beginning is written. */
  async execute(opcode: number, input: Uint8Array): Promise<Answer> {
    const { hardware } = this;
    const held = await this.#held(input.length);
    const padded = new Uint32Array(Math.ceil(held / 4));
    new Uint8Array(padded.buffer).set(input.subarray(0, held));
    await Promise.all([
      hardware.writeWords(addressesOfWords(this.#at(MAILBOX.payload), padded.length), padded),
      hardware.write64(this.#at(MAILBOX.command), encodeCommand(opcode, input.length)),
      hardware.write32(
        this.#at(MAILBOX.control),
        MailboxControl.encode({ doorbell: true, backgroundInterrupt: this.#interrupts }),
      ),
    ]);
    await this.#rung(opcode);
    const [status, command] = await Promise.all([
      hardware.read64(this.#at(MAILBOX.status)),
      hardware.read64(this.#at(MAILBOX.command)),
    ]);
    const code = decodeReturnCode(status);
    const { length } = decodeCommand(command);
    const shown = code === RETURN_CODE.success ? length : await this.#held(length);
    return { code, output: await readRegisters(hardware, this.#at(MAILBOX.payload), shown) };
  }

  /** Whether an operation runs in the background, and how the last one has come along. */
  async background(): Promise<BackgroundState> {
    const [status, background] = await Promise.all([
      this.hardware.read64(this.#at(MAILBOX.status)),
      this.hardware.read64(this.#at(MAILBOX.background)),
    ]);
    return { running: (Number(status & 0xffn) & BACKGROUND_RUNS) !== 0, ...decodeBackgroundStatus(background) };
  }

  /** Has the device interrupt when a background operation is over. Yields by which vector; undefined if it cannot. */
  async interruptAfterBackground(): Promise<number | undefined> {
    const { backgroundInterrupt, vector } = await this.#capability();
    if (!backgroundInterrupt) return undefined;
    this.#interrupts = true;
    await this.hardware.write32(this.#at(MAILBOX.control), MailboxControl.encode({ backgroundInterrupt }));
    return vector;
  }

  /** The vector that it names for its interrupts. */
  async vector(): Promise<number> {
    return (await this.#capability()).vector;
  }

  /** How many of so many bytes the mailbox holds. */
  async #held(length: number): Promise<number> {
    if (length <= HELD_BY_ANY) return length;
    return Math.min(length, 2 ** (await this.#capability()).payloadSize);
  }

  async #capability() {
    return MailboxCapability.decode(await this.hardware.read32(this.#at(MAILBOX.capability)));
  }

  /** Waits until the doorbell is clear. */
  async #rung(opcode: number): Promise<void> {
    for (let poll = 0; poll < POLLS; poll++) {
      if (!MailboxControl.decode(await this.hardware.read32(this.#at(MAILBOX.control))).doorbell) return;
    }
    throw new DecodeError(`command ${hex(opcode)}`, `the doorbell is still set after ${POLLS} polls`);
  }

  #at(offset: number): Hpa {
    return this.base + BigInt(offset);
  }
}
