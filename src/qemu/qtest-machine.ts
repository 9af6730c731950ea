import { hex } from '../codec/range';
import type { QemuOffer } from '../ledger/offer';
import type { Hardware, Hpa } from '../machine/hardware';
import type { Topology } from '../machine/topology';
import { commandLine } from '../options/command-line';
import { readShaping } from '../options/line';
import { needOffered } from '../options/offered';
import { BACKENDS } from './attempt';
import { migrated } from './migration';
import { Qemu } from './process';
import { QemuOperator, text } from './qemu-operator';
import { haltingFirmware, moveClock, steppedClockArguments } from './stepped-clock';
import type { Tap } from './tap';

/** A real QEMU, halted before its first instruction: what drives it from here is the only software in it. */
export class QtestMachine extends QemuOperator implements Hardware {
  /** @throws NotApplicable for what the QEMU lacks; Refusal, QemuError if it does not start. */
  static async start(topology: Topology, offer: QemuOffer, { steppedClock = false } = {}): Promise<QtestMachine> {
    const started = QtestMachine.startedWith(topology, offer, { steppedClock });
    return new QtestMachine(await Qemu.start({ binary: offer.path, qtest: true, ...started }), topology, offer);
  }

  /** With which arguments it is started, and which files are there then. @throws NotApplicable */
  static startedWith(topology: Topology, offer: QemuOffer, { steppedClock = false } = {}) {
    return {
      arguments: [...commandLine(topology, offer), ...(steppedClock ? steppedClockArguments(offer) : [])],
      files: steppedClock ? [haltingFirmware(offer)] : [],
    };
  }

  /**
   * A machine of QEMU's own options; without a topology its contents are unknown.
   * @throws NotApplicable for what the QEMU lacks; Refusal, QemuError if it does not start.
   */
  static async ofOptions(
    options: readonly string[],
    offer: QemuOffer,
    topology: Pick<Topology, 'type3s'> = { type3s: [] },
  ): Promise<QtestMachine> {
    needOffered(readShaping(options), { ...offer, objects: [...offer.objects, ...BACKENDS] });
    const args = ['-display', 'none', ...options];
    return new QtestMachine(await Qemu.start({ binary: offer.path, arguments: args, qtest: true }), topology, offer);
  }

  /** Has `tap` told of all that is said to QEMU from now on. */
  tell(tap: Tap): void {
    this.qemu.qmp.tap = tap;
    this.qemu.qtest.tap = tap;
  }

  read8 = (address: Hpa) => this.#number(`readb ${hex(address)}`);
  read16 = (address: Hpa) => this.#number(`readw ${hex(address)}`);
  read32 = (address: Hpa) => this.#number(`readl ${hex(address)}`);
  read64 = async (address: Hpa) => BigInt(await this.qemu.qtest.command(`readq ${hex(address)}`));
  write8 = (address: Hpa, value: number) => this.#done(`writeb ${hex(address)} ${value}`);
  write16 = (address: Hpa, value: number) => this.#done(`writew ${hex(address)} ${value}`);
  write32 = (address: Hpa, value: number) => this.#done(`writel ${hex(address)} ${value}`);
  write64 = (address: Hpa, value: bigint) => this.#done(`writeq ${hex(address)} ${value}`);

  readWords = (addresses: readonly Hpa[]) => Promise.all(addresses.map(this.read32));

  async writeWords(addresses: readonly Hpa[], words: ArrayLike<number>): Promise<void> {
    await Promise.all(addresses.map((address, i) => this.write32(address, words[i] ?? 0)));
  }

  async readBlock(address: Hpa, length: number): Promise<Uint8Array> {
    if (length === 0) return new Uint8Array();
    return Buffer.from(await this.qemu.qtest.command(`b64read ${hex(address)} ${length}`), 'base64');
  }

  async writeBlock(address: Hpa, bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    await this.#done(`b64write ${hex(address)} ${bytes.length} ${Buffer.from(bytes).toString('base64')}`);
  }

  in8 = (port: number) => this.#number(`inb ${hex(port)}`);
  in16 = (port: number) => this.#number(`inw ${hex(port)}`);
  in32 = (port: number) => this.#number(`inl ${hex(port)}`);
  out8 = (port: number, value: number) => this.#done(`outb ${hex(port)} ${value}`);
  out16 = (port: number, value: number) => this.#done(`outw ${hex(port)} ${value}`);
  out32 = (port: number, value: number) => this.#done(`outl ${hex(port)} ${value}`);

  /** A machine that was started without a clock to move pauses at no time. */
  override elapse(seconds: number): Promise<void> {
    return moveClock(this.qemu, this.offer, seconds);
  }

  override async migrate(): Promise<void> {
    const { qemu } = this;
    this.qemu = await migrated(qemu);
    this.qemu.qmp.tap = qemu.qmp.tap;
    this.qemu.qtest.tap = qemu.qtest.tap;
    await qemu.quit();
  }

  override async evidence() {
    return [...(await super.evidence()), text('qtest.txt', `${this.qemu.qtest.transcript}`)];
  }

  async #number(command: string): Promise<number> {
    return Number(await this.qemu.qtest.command(command));
  }

  async #done(command: string): Promise<void> {
    await this.qemu.qtest.command(command);
  }
}
