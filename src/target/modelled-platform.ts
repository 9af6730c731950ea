import { Acpi } from '../driver/acpi';
import { mailboxAt, memoryDevice, memoryDevices } from '../driver/find-memory-device';
import { allRegisters, registersAt } from '../driver/find-registers';
import { boot } from '../firmware/boot';
import { DEFAULT_LINUX, Linux } from '../ledger/linux';
import { DEFAULT_PLATFORM, type PlatformName } from '../ledger/platforms';
import type { Quirks } from '../ledger/quirks';
import type { Hardware, Hpa } from '../machine/hardware';
import type { Handover, Host } from '../machine/host';
import type { MemoryDevice } from '../machine/memory-device';
import type { Operator } from '../machine/operator';
import type { Place, Registers } from '../machine/registers';
import type { Setup, Type3 } from '../machine/topology';
import { LinuxModel } from '../os/linux-model';
import { UnawareModel } from '../os/unaware-model';
import { HardwareBench } from './decoder-bench';
import type { Everything, Evidence, Platform } from './target';
import { watchDevice, watchHardware, watchHost, watchOperator } from './watch';

interface BootOptions {
  readonly setup: Omit<Setup, 'topology'>;
  /** The Linux to model. */
  readonly linux?: string | undefined;
  /** Planted in the firmware and OS models. */
  readonly quirks?: Quirks;
  readonly commandLine?: string;
  readonly evidence?: () => Promise<Evidence[]>;
}

/** How to ask the command `run` for that model again. */
export const linuxOption = (linux: string): string[] => (linux === DEFAULT_LINUX ? [] : ['--linux', linux]);

export const platformOption = (platform: PlatformName): string[] =>
  platform === DEFAULT_PLATFORM ? [] : ['--platform', platform];

/** Hardware, simulated or a real QEMU's, on which the firmware model and the Linux model run. */
export class ModelledPlatform implements Platform {
  readonly operator: Operator;
  readonly hardware: Hardware;
  #host: Host | undefined;
  #handover: Handover | undefined;
  #tables: Acpi | undefined;
  #bench: HardwareBench | undefined;
  readonly #devices = new Map<string, Promise<MemoryDevice>>();
  #changes = 0;

  private constructor(
    private readonly machine: Hardware & Operator,
    private readonly options: BootOptions,
  ) {
    this.operator = watchOperator(machine, this.#change, this.#nothing);
    this.hardware = watchHardware(machine, this.#change);
  }

  /** Boots `machine`, which is powered off if it does not. */
  static async boot(machine: Hardware & Operator, options: BootOptions): Promise<ModelledPlatform> {
    const platform = new ModelledPlatform(machine, options);
    try {
      await platform.#boot();
    } catch (error) {
      await machine.powerOff();
      throw error;
    }
    return platform;
  }

  get host(): Host {
    if (!this.#host) throw new Error('the machine has not booted');
    return this.#host;
  }

  get bench(): HardwareBench {
    this.#bench ??= new HardwareBench(this.machine, this.#rsdp);
    return this.#bench;
  }

  memoryDevice(serial: bigint): Promise<MemoryDevice> {
    return this.#device(`${serial}`, () => memoryDevice(this.machine, this.#acpi, serial));
  }

  mailboxAt(place: Place): Promise<MemoryDevice> {
    return this.#device(JSON.stringify(place), () => mailboxAt(this.machine, this.#acpi, place));
  }

  async registersAt(place: Place): Promise<Registers> {
    return registersAt(this.hardware, this.#acpi, place);
  }

  async everything(): Promise<Everything> {
    const found = await memoryDevices(this.machine, this.#acpi);
    return {
      registers: await allRegisters(this.hardware, this.#acpi),
      memoryDevices: found.map(({ address, device }) => ({
        address,
        device: watchDevice(device, this.#change, this.#nothing),
      })),
    };
  }

  get commandLine(): string | undefined {
    return this.options.commandLine;
  }

  async reboot(): Promise<void> {
    await this.operator.reset();
    await this.#boot();
  }

  /** The operating system has come to rest before, so that it knows what was there at boot. */
  async hotAdd(device: Type3): Promise<void> {
    await this.host.settle();
    await this.operator.hotAdd(device);
    await this.host.settle();
  }

  async hotRemove(id: string): Promise<void> {
    await this.host.settle();
    await this.operator.hotRemove(id);
    await this.host.settle();
  }

  async restore(): Promise<boolean> {
    if (this.#changes > 0) return false;
    if (!this.#bench?.used) return true;
    const firmwareHadCommitted = this.options.setup.policy !== undefined;
    if (firmwareHadCommitted) return false;
    return (await this.#bench.undo()) || this.#resetDecoders(this.#bench);
  }

  /** Where a decoder does not let go of what it is committed to, a reset has it do so. False if it does not. */
  async #resetDecoders(bench: HardwareBench): Promise<boolean> {
    await this.machine.reset();
    await this.#boot();
    return bench.isUndone();
  }

  /** A machine that has ended does not answer. */
  async wake(): Promise<void> {
    await this.machine.read32(this.#rsdp);
  }

  async evidence(): Promise<Evidence[]> {
    return (await this.options.evidence?.()) ?? [];
  }

  get #rsdp(): Hpa {
    if (!this.#handover) throw new Error('the machine has not booted');
    return this.#handover.rsdp;
  }

  get #acpi(): Acpi {
    this.#tables ??= new Acpi(this.machine, this.#rsdp);
    return this.#tables;
  }

  /** A device is where it was as long as the machine is as it was. */
  async #device(key: string, find: () => Promise<MemoryDevice>): Promise<MemoryDevice> {
    if (this.#changes > 0) this.#devices.clear();
    const device = this.#devices.get(key) ?? find();
    this.#devices.set(key, device);
    return watchDevice(await device, this.#change, this.#nothing);
  }

  async #boot(): Promise<void> {
    const { setup, linux = DEFAULT_LINUX, quirks = new Set() } = this.options;
    const handover = await boot(this.machine, setup, quirks);
    this.#handover = handover;
    this.#tables = undefined;
    this.#bench = undefined;
    const host =
      setup.os === 'cxl-unaware'
        ? new UnawareModel(this.machine, handover)
        : new LinuxModel(this.machine, handover, new Linux(linux), quirks);
    this.#host = watchHost(host, this.#change);
  }

  #change = () => {
    this.#changes++;
  };

  #nothing = () => {
    this.#changes--;
  };
}
