import { setWorldConstructor, World } from '@cucumber/cucumber';
import { expect } from 'expect';
import { type Cfmws, type Chbs, decodeCedt } from '../../src/codec/acpi/cedt';
import type { OscAnswer } from '../../src/codec/acpi/osc';
import type { QuirkName } from '../../src/ledger/quirks';
import { type Judgement, NotApplicable } from '../../src/ledger/verdict';
import { MachineCrash } from '../../src/machine/crash';
import type { DecoderBench } from '../../src/machine/decoder-bench';
import type { Errno } from '../../src/machine/errno';
import type { Hardware } from '../../src/machine/hardware';
import type { Host, Memdev, Resource, RootDecoder } from '../../src/machine/host';
import type { Answer, MemoryDevice } from '../../src/machine/memory-device';
import type { Operator } from '../../src/machine/operator';
import { Refusal } from '../../src/machine/refusal';
import type {
  FirmwarePolicy,
  FixedWindow,
  HostBridge,
  Numa,
  OperatingSystem,
  Reservation,
  Setup,
  Switch,
  TestDevice,
  Topology,
  Type3,
} from '../../src/machine/topology';
import type { Need, Platform, Target, TargetOptions } from '../../src/target/target';
import { Devices } from './devices';
import type { InterleavedData } from './interleaved-data';
import { NamedRegisters } from './named-registers';
import { placeOf } from './place';
import { namedAnywhere } from './resources';

type Writable<T> = { readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** One scenario's machine: Given steps describe it, and the first step that looks at it powers it on. */
export class CxlWorld extends World<TargetOptions> implements Topology {
  /** Opened once for all scenarios, in hooks.ts. */
  static target: Target;

  ram = 0n;
  readonly processors = 2;
  hotplug?: NonNullable<Topology['hotplug']>;
  readonly hostBridges: HostBridge[] = [];
  readonly switches: Switch[] = [];
  readonly windows: FixedWindow[] = [];
  readonly type3s: Type3[] = [];
  readonly testDevices: TestDevice[] = [];
  readonly numa: Writable<Required<Numa>> = {
    nodes: [],
    distances: [],
    localities: [],
    sideCaches: [],
    genericInitiators: [],
    genericPorts: [],
  };
  /** What the scenario has plugged in since. */
  readonly added: Type3[] = [];
  readonly reservations: Reservation[] = [];
  policy?: FirmwarePolicy;
  os?: OperatingSystem;
  anyMachine = false;
  steppedClock = false;

  /** A machine in QEMU's own words, in place of all that; it is started, and no more. */
  options: string[] = [];
  readonly files: { name: string; bytes: Uint8Array }[] = [];

  /** Names of the regions that the scenario has created, oldest first. */
  readonly regionNames: string[] = [];
  /** Where the region that a When has destroyed began. */
  destroyedAt = 0n;
  /** What the operating system said when it was to create a region and refused. */
  refusal: Errno | undefined;
  /** What QEMU said when it was to inject something, or to change dynamic capacity, and refused. */
  complained: string | undefined;
  /** The generation of an extent list that a scenario has noted. */
  noted: number | undefined;
  /** What a host bridge answered to a request for control. */
  control: OscAnswer | undefined;
  /** What the scenario has stored, and in which region unless on a node; oldest first. */
  readonly stored: { readonly region: string | undefined; readonly data: Uint8Array }[] = [];

  /** What devices share that the scenario has interleaved. */
  interleaved: InterleavedData | undefined;

  /** The quirks by which the ledger expects the scenario to fail. */
  expectedQuirks: readonly QuirkName[] = [];
  /** Set by the step, if any, that could not go on. */
  judgement: Judgement | undefined;

  readonly #registers = new Map<string, NamedRegisters>();
  /** The whole machine, where a command line describes it. */
  #described: Topology | undefined;
  readonly devices = new Devices((id) => this.#findDevice(id));
  #platform: Promise<Platform> | undefined;

  /** Has the machine be just that one; its devices are known by their ids. */
  describe(topology: Topology): void {
    this.#described = topology;
    this.hostBridges.push(...topology.hostBridges);
    this.windows.push(...topology.windows);
    this.type3s.push(...topology.type3s);
  }

  async platform(): Promise<Platform> {
    this.#platform ??= CxlWorld.target.powerOn(this.#setup());
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
    const device = (await this.platform()).memoryDevice?.(this.serialOf(id));
    if (!device) throw new Error('the target has hardware, but the machine has no memory devices');
    return device;
  }

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
    if (reason !== undefined) throw new NotApplicable(reason);
  }

  /** What QEMU has against the machine; undefined if it starts. */
  async complaint(): Promise<string | undefined> {
    const { options, files } = this;
    const started = options.length > 0 ? CxlWorld.target.attempt({ options, files }) : this.platform();
    return started.then(
      () => undefined,
      (error) => {
        if (error instanceof Refusal) return error.complaint;
        if (error instanceof MachineCrash) return `it is ended by ${error.signal}`;
        throw error;
      },
    );
  }

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
    );
  }

  /** Window `n` as a resource, wherever in the tree. */
  async windowResource(n: number): Promise<Resource> {
    const roots = await (await this.host()).resources();
    return found(
      namedAnywhere(roots, `CXL Window ${n}`),
      `resource CXL Window ${n}`,
      roots.map(({ name }) => name),
    );
  }

  /** The memdev that device `id` is; there is exactly one. */
  async memdev(id: string): Promise<Memdev> {
    const memdevs = await (await this.host()).memdevs();
    const found = memdevs.filter(({ serial }) => serial === this.serialOf(id));
    expect(found).toMatchObject([{ serial: this.serialOf(id) }]);
    return found[0] as Memdev;
  }

  async cdat(id: string): Promise<Uint8Array> {
    return (await this.host()).cdat((await this.memdev(id)).name);
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

  uidOf(id: string): number {
    return found(
      this.hostBridges.find((bridge) => bridge.id === id),
      `host bridge ${id}`,
      this.hostBridges.map((b) => b.id),
    ).bus;
  }

  serialOf = (id: string): bigint => this.type3(id).serial;

  /** A device that was there from the beginning, or has been added. */
  type3(id: string): Type3 {
    return found(
      [...this.type3s, ...this.added].find((device) => device.id === id),
      `Type 3 device ${id}`,
      [...this.type3s, ...this.added].map((d) => d.id),
    );
  }

  /** The device behind root port `n` of a host bridge. */
  type3Behind(hostBridge: string, n: number): string {
    const port = this.hostBridges.find(({ id }) => id === hostBridge)?.rootPorts[n];
    const device = this.type3s.find((type3) => type3.port === port);
    return found(device, `Type 3 device behind root port ${n} of ${hostBridge}`, [`${port}`]).id;
  }

  get interleavedData(): InterleavedData {
    return found(this.interleaved, 'interleaved range', []);
  }

  #setup(): Setup {
    const { reservations, policy, os, anyMachine, steppedClock } = this;
    return {
      topology: this.#topology(),
      reservations,
      anyMachine,
      steppedClock,
      ...(policy && { policy }),
      ...(os && { os }),
    };
  }

  #topology(): Topology {
    if (this.#described) return this.#described;
    const { ram, processors, hotplug, hostBridges, switches, windows, type3s, testDevices, numa } = this;
    const uniform = Object.values(numa).every(({ length }) => length === 0);
    return {
      ...{ ram, processors, ...(hotplug && { hotplug }), hostBridges, windows, type3s, testDevices },
      ...(switches.length > 0 && { switches }),
      ...(!uniform && { numa }),
    };
  }

  async #cedt() {
    return decodeCedt(await (await this.host()).acpiTable('CEDT'));
  }
}

/** @throws Error, for the scenario is wrong, if `value` is not there. */
function found<T>(value: T | undefined, what: string, present: readonly string[]): T {
  if (value === undefined) throw new Error(`no ${what}; there are ${present.join(', ') || 'none'}`);
  return value;
}

setWorldConstructor(CxlWorld);
