import { setWorldConstructor } from '@cucumber/cucumber';
import { type Cfmws, type Chbs, decodeCedt } from '../../src/codec/acpi/cedt';
import type { OscAnswer } from '../../src/codec/acpi/osc';
import { DecodeError } from '../../src/codec/decode-error';
import { OutOfReach } from '../../src/ledger/verdict';
import { MachineCrash } from '../../src/machine/crash';
import type { CommitTrial, DecoderBench } from '../../src/machine/decoder-bench';
import type { Errno } from '../../src/machine/errno';
import type { Hardware } from '../../src/machine/hardware';
import type { Host, Memdev, Resource, RootDecoder } from '../../src/machine/host';
import type { Answer, MemoryDevice } from '../../src/machine/memory-device';
import { Missing } from '../../src/machine/missing';
import type { Operator } from '../../src/machine/operator';
import { Refusal } from '../../src/machine/refusal';
import type { Need, Platform, Target } from '../../src/target/target';
import { serialSeen } from './any-machine';
import { expectCount } from './assertions';
import { dataFor } from './data';
import { DescribedMachine } from './described-machine';
import { Devices } from './devices';
import { found } from './found';
import type { InterleavedData } from './interleaved-data';
import { lackingOf } from './lacking';
import { NamedRegisters } from './named-registers';
import { placeOf } from './place';
import { namedAnywhere } from './resources';
import { Trial } from './trial';
import type { TrialRegion } from './trial-regions';

/** One scenario's machine: the first step that looks at it powers it on. */
export class CxlWorld extends DescribedMachine {
  /** Opened once for all scenarios, in hooks.ts. */
  static target: Target;

  /** Names of the regions that the scenario has created, oldest first. */
  readonly regionNames: string[] = [];
  /** Where the region that a When has destroyed began. */
  destroyedAt = 0n;
  /** What the operating system said when it was to create a region and refused. */
  refusal: Errno | undefined;
  /** What QEMU said when it was to inject something, or to change dynamic capacity, and refused. */
  complained: string | undefined;
  /** How many MSI-X vectors the device has that the scenario lets interrupt. */
  vectors = 0;
  /** The generation of an extent list that a scenario has noted. */
  noted: number | undefined;
  /** What a host bridge answered to a request for control. */
  control: OscAnswer | undefined;
  /** What the scenario has stored, and in which region unless on a node; oldest first. */
  readonly stored: { readonly region: string | undefined; readonly data: Uint8Array }[] = [];

  /** What came of committing all decoders. */
  commits: readonly CommitTrial[] = [];
  /** What came of a region in each window. */
  trialRegions: readonly TrialRegion[] = [];

  /** What devices share that the scenario has interleaved. */
  interleaved: InterleavedData | undefined;

  /** Whether it does not run, for enough others have failed. */
  leftOut = false;
  /** Its id, with the number of its row. */
  scenario = '';
  /** What it has shown so far. */
  trial = new Trial([]);

  readonly #registers = new Map<string, NamedRegisters>();
  readonly devices = new Devices(
    (id) => this.#findDevice(id),
    (id) => lackingOf(CxlWorld.target, this.#isOfSwitch(id) ? {} : this.type3(id)),
    (id, cci) => this.portOf(id, cci),
  );
  #platform: Promise<Platform> | undefined;
  #drawn = 0;

  async platform(): Promise<Platform> {
    this.#platform ??= CxlWorld.target.powerOn(this.setup());
    return this.#platform;
  }

  /** The machine, if the scenario came as far as to power it on. */
  async poweredOn(): Promise<Platform | undefined> {
    return this.#platform?.catch(() => undefined);
  }

  async host(): Promise<Host> {
    return (await this.platform()).host;
  }

  async operator(): Promise<Operator> {
    return (await this.platform()).operator;
  }

  /** @throws NotApplicable, before any machine is started, if software on the target's machines has no hardware to itself. */
  async hardware(): Promise<Hardware> {
    this.need('hardware');
    const { hardware } = await this.platform();
    if (!hardware) throw new Error('the target has hardware, but the machine does not');
    return hardware;
  }

  /** The registers of device `id`. @throws NotApplicable, as hardware() does */
  device = (id: string): Promise<MemoryDevice> => this.devices.open(id);

  /** Those of host bridge, port or device `id`; the same object again. @throws NotApplicable, as hardware() does */
  async registers(id: string): Promise<NamedRegisters> {
    await this.hardware();
    const known = this.#registers.get(id);
    if (known) return known;
    const registers = await (await this.platform()).registersAt?.(placeOf(this, id));
    if (!registers) throw new Error('the target has hardware, but the machine has no registers');
    const named = new NamedRegisters(id, registers, await registers.dump());
    this.#registers.set(id, named);
    return named;
  }

  /** Gives device `id` a command, and keeps what it answers for {@link answerOf}. @throws NotApplicable if it has no such command */
  send = (id: string, opcode: number, input: Uint8Array): Promise<Answer> => this.devices.send(id, opcode, input);

  /** What device `id` has answered to the last command. */
  answerOf = (id: string): Answer => this.devices.last(id).answer;

  async #findDevice(id: string): Promise<MemoryDevice> {
    await this.hardware();
    const platform = await this.platform();
    const device = this.#isOfSwitch(id)
      ? platform.mailboxAt?.(placeOf(this, id))
      : platform.memoryDevice?.(this.serialOf(id));
    if (!device) throw new Error('the target has hardware, but the machine has no memory devices');
    return device;
  }

  #isOfSwitch = (id: string): boolean => this.switches.some(({ mailbox }) => mailbox === id);

  /** @throws NotApplicable as {@link hardware} does. */
  async bench(): Promise<DecoderBench> {
    this.need('hardware');
    const { bench } = await this.platform();
    if (!bench) throw new Error('the target has hardware, but the machine does not');
    return bench;
  }

  /** @throws NotApplicable with the reason if the target cannot have that on any machine. */
  need(need: Need): void {
    this.steppedClock ||= need === 'clock';
    const reason = CxlWorld.target.lacks[need];
    if (reason !== undefined) throw new OutOfReach(reason);
  }

  /** Whether what is stored in a volatile region leaves programs alone, which may run from it. */
  storesAnywhere = (): boolean => CxlWorld.target.lacks['code-in-windows'] === undefined;

  /** Whether a Type 3 device can have volatile memory. */
  hasVolatileMemory = (): boolean => CxlWorld.target.has('cxl-type3', 'volatile-memdev');

  /** What QEMU has against the machine; undefined if it starts. */
  async complaint(): Promise<string | undefined> {
    const { options, files } = this;
    const started = options.length > 0 ? CxlWorld.target.attempt({ options, files }) : this.platform();
    return started.then(
      () => undefined,
      (error) => {
        if (error instanceof Refusal) return error.complaint;
        if (error instanceof MachineCrash) return `it crashes (${error.signal})`;
        throw error;
      },
    );
  }

  /** `size` bytes to store: others each time, and the same in each run. */
  newData = (size: number): Uint8Array => dataFor(this.scenario, ++this.#drawn, size);

  async fixedWindows(): Promise<Cfmws[]> {
    return (await this.#cedt()).filter((s): s is Cfmws => s.kind === 'CFMWS');
  }

  async chbs(): Promise<Chbs[]> {
    return (await this.#cedt()).filter((s): s is Chbs => s.kind === 'CHBS');
  }

  /** The root decoder of window `n`. */
  async rootDecoder(n: number): Promise<RootDecoder> {
    const decoders = await (await this.host()).rootDecoders();
    return found(
      decoders[n],
      `root decoder of window ${n}`,
      decoders.map(({ name }) => name),
      Missing,
    );
  }

  /** Window `n` as a resource, wherever in the tree. */
  async windowResource(n: number): Promise<Resource> {
    const roots = await (await this.host()).resources();
    return found(
      namedAnywhere(roots, `CXL Window ${n}`),
      `resource CXL Window ${n}`,
      roots.map(({ name }) => name),
      Missing,
    );
  }

  /** The memdev that device `id` is; there is exactly one. */
  async memdev(id: string): Promise<Memdev> {
    const memdevs = await (await this.host()).memdevs();
    const seen = serialSeen({ serial: this.serialOf(id) });
    const found = memdevs.filter(({ serial }) => serial === seen);
    expectCount(
      `memdevs that are ${id}`,
      found.map(({ host }) => host),
      1,
    );
    return found[0] as Memdev;
  }

  async cdat(id: string): Promise<Uint8Array> {
    const { name } = await this.memdev(id);
    return (await this.host()).cdat(name).catch((error) => {
      if (!(error instanceof DecodeError)) throw error;
      throw new DecodeError(error.what.replace(name, id), error.reason.replace(name, id)); // whatever probing has called it
    });
  }

  /** What the scenario has stored last, or what it has stored in that region. */
  dataOf(region?: string): Uint8Array {
    const kept = [...this.stored].reverse().find((each) => region === undefined || each.region === region);
    return found(
      kept,
      `data of ${region ?? 'any region'}`,
      this.stored.map((each) => `${each.region}`),
    ).data;
  }

  get interleavedData(): InterleavedData {
    return found(this.interleaved, 'interleaved range', []);
  }

  async #cedt() {
    return decodeCedt(await (await this.host()).acpiTable('CEDT'));
  }
}

setWorldConstructor(CxlWorld);
