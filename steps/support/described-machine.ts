import { World } from '@cucumber/cucumber';
import type { Numa } from '../../src/machine/numa';
import type {
  FirmwarePolicy,
  FixedWindow,
  HostBridge,
  OperatingSystem,
  Reservation,
  Setup,
  Switch,
  TestDevice,
  Topology,
  Type3,
} from '../../src/machine/topology';
import type { TargetOptions } from '../../src/target/target';
import { found } from './found';
import type { SharedMachine } from './machines';

type Writable<T> = { readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** The machine that a scenario is about, as its Given steps describe it. */
export class DescribedMachine extends World<TargetOptions> implements Topology {
  machineType?: NonNullable<Topology['machineType']>;
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

  /** Of the machine under check: it is started with just these. */
  commandLine?: readonly string[];

  /** The whole machine, where a command line describes it. */
  #described: Topology | undefined;

  /** Begins with a machine that several features share, in the place of another one; further steps add to it. */
  share(machine: SharedMachine): void {
    const { ram, hotplug, numa } = machine;
    this.ram = ram;
    if (hotplug) this.hotplug = hotplug;
    for (const parts of ['hostBridges', 'switches', 'windows', 'type3s'] as const)
      this[parts].splice(0, Infinity, ...(machine[parts] as never[]));
    if (numa) Object.assign(this.numa, structuredClone(numa));
  }

  /** Has the machine be just that one; its devices are known by their ids. */
  describe(topology: Topology): void {
    this.#described = topology;
    this.hostBridges.push(...topology.hostBridges);
    this.switches.push(...(topology.switches ?? []));
    this.windows.push(...topology.windows);
    this.type3s.push(...topology.type3s);
    this.ram = topology.ram;
  }

  /** All that a target needs to know to power it on. */
  setup(): Setup {
    const { reservations, policy, os, anyMachine, steppedClock, commandLine } = this;
    return {
      topology: this.#topology(),
      reservations,
      anyMachine,
      steppedClock,
      ...(policy && { policy }),
      ...(os && { os }),
      ...(commandLine && { commandLine }),
    };
  }

  uidOf(id: string): number {
    return found(
      this.hostBridges.find((bridge) => bridge.id === id),
      `host bridge ${id}`,
      this.hostBridges.map((b) => b.id),
    ).bus;
  }

  /** The id of the host bridge with that UID; another one has none. */
  bridgeName = (uid: number): string => this.hostBridges.find(({ bus }) => bus === uid)?.id ?? `host bridge ${uid}`;

  serialOf = (id: string): bigint => this.type3(id).serial;

  /** A device that was there from the beginning, or has been added. */
  type3(id: string): Type3 {
    return found(
      [...this.type3s, ...this.added].find((device) => device.id === id),
      `Type 3 device ${id}`,
      [...this.type3s, ...this.added].map((d) => d.id),
    );
  }

  /** Which port of the switch with that mailbox a device is at, by its position among the downstream ports. */
  portOf(id: string, mailbox: string): number {
    const { downstreamPorts = [] } = this.switches.find((each) => each.mailbox === mailbox) ?? {};
    const n = downstreamPorts.indexOf(this.type3(id).port);
    return found(n < 0 ? undefined : n, `port of ${mailbox} with ${id}`, downstreamPorts);
  }

  /** The device behind root port `n` of a host bridge. */
  type3Behind(hostBridge: string, n: number): string {
    const port = this.hostBridges.find(({ id }) => id === hostBridge)?.rootPorts[n];
    const device = this.type3s.find((type3) => type3.port === port);
    return found(device, `Type 3 device behind root port ${n} of ${hostBridge}`, [`${port}`]).id;
  }

  #topology(): Topology {
    if (this.#described) return this.#described;
    const { machineType, ram, processors, hotplug, hostBridges, switches, windows, type3s, testDevices, numa } = this;
    const uniform = Object.values(numa).every(({ length }) => length === 0);
    return {
      ...(machineType && { machineType }),
      ram,
      processors,
      ...(hotplug && { hotplug }),
      hostBridges,
      windows,
      type3s,
      testDevices,
      ...(switches.length > 0 && { switches }),
      ...(!uniform && { numa }),
    };
  }
}
