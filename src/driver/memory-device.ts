import { DEVICE_CAPABILITY, MemoryDeviceStatus } from '../codec/cxl/device';
import { DecodeError } from '../codec/decode-error';
import { hex } from '../codec/range';
import type { Hardware, Hpa } from '../machine/hardware';
import type { Answer, MediaStatus, MemoryDevice } from '../machine/memory-device';
import { deviceCapabilities, Mailbox } from './mailbox';
import { observe } from './observe';

/** By their encoding. CXL r3.1 Section 8.2.8.5.1.1: Memory Device Status Register. */
const MEDIA: readonly MediaStatus[] = ['not ready', 'ready', 'in error', 'disabled'];

/** The device registers at an address, without a driver on them. */
export class DeviceRegisters implements MemoryDevice {
  #effects: ReadonlyMap<number, number> | undefined;

  private constructor(
    private readonly hardware: Hardware,
    private readonly capabilities: ReadonlyMap<number, Hpa>,
    private readonly mailbox: Mailbox,
    private readonly name: string,
  ) {}

  /** @throws DecodeError if it has no mailbox. */
  static async open(hardware: Hardware, registers: Hpa): Promise<DeviceRegisters> {
    const capabilities = await deviceCapabilities(hardware, registers);
    const mailbox = await Mailbox.open(hardware, registers);
    return new DeviceRegisters(hardware, capabilities, mailbox, `device registers at ${hex(registers)}`);
  }

  send(opcode: number, input: Uint8Array): Promise<Answer> {
    return this.mailbox.execute(opcode, input);
  }

  /** Section 8.2.8.3.1: Event Status Register. */
  eventStatus(): Promise<number> {
    return this.hardware.read32(this.#capability('status'));
  }

  async commandEffects(): Promise<ReadonlyMap<number, number>> {
    this.#effects ??= new Map((await this.mailbox.effectsLog()).map(({ opcode, effect }) => [opcode, effect]));
    return this.#effects;
  }

  background = () => this.mailbox.background();
  interruptAfterBackground = () => this.mailbox.interruptAfterBackground();
  mailboxVector = () => this.mailbox.vector();

  async mediaStatus(): Promise<MediaStatus> {
    const { mediaStatus } = MemoryDeviceStatus.decode(
      await this.hardware.read32(this.#capability('memoryDeviceStatus')),
    );
    return MEDIA[mediaStatus] ?? 'not ready';
  }

  observe = () => observe(this);

  /** @throws DecodeError if there is none. */
  #capability(name: keyof typeof DEVICE_CAPABILITY): Hpa {
    const at = this.capabilities.get(DEVICE_CAPABILITY[name]);
    if (at === undefined) throw new DecodeError(this.name, `have no ${name}`);
    return at;
  }
}
