import type { Facts } from '../ledger/facts';
import type { Quirks } from '../ledger/quirks';
import type { Topology, Type3 } from '../machine/topology';
import type { VirtualClock } from './board/clock';
import type { Media } from './board/media';
import { CxlSwitch } from './fabric/cxl-switch';
import type { DownstreamPort } from './fabric/downstream-port';
import { CxlHostBridge } from './fabric/host-bridge';
import type { ConfigSpace } from './pci/config-space';
import type { SendWord } from './pci/msix';
import type { PciBus, PciFunction } from './pci/pci-fabric';
import type { Running } from './qmp/device-add';
import type { Pluggable } from './type3/pluggable';
import { Type3Device } from './type3/type3';

interface Placed {
  readonly device: Type3Device;
  readonly port: DownstreamPort;
}

/** What makes a machine a CXL machine: host bridges with their root ports, switches and devices in slots. */
export class CxlParts {
  /** By id. */
  readonly bridges: ReadonlyMap<string, CxlHostBridge>;
  #switches: readonly CxlSwitch[];
  readonly #type3s = new Map<string, Placed>();
  readonly #others = new Map<string, readonly PciFunction[]>();

  /** @throws RangeError for what cannot be, such as two devices in one slot. */
  constructor(
    private readonly topology: Topology,
    private readonly quirks: Quirks,
    private readonly facts: Facts,
    private readonly clock: VirtualClock,
    private readonly send: SendWord,
    private readonly backing: (type3: Type3) => { readonly type3: Type3; readonly media?: Media },
  ) {
    const { hostBridges, switches = [], type3s } = topology;
    this.bridges = new Map(
      hostBridges.map((bridge) => [bridge.id, new CxlHostBridge(bridge, topology, facts, quirks)]),
    );
    this.#switches = switches.map((each) => new CxlSwitch(each, topology, facts, quirks, clock));
    for (const [n, { rootPort }] of switches.entries()) this.#slot(rootPort).plug(this.#switches[n] as CxlSwitch);
    for (const type3 of type3s) {
      const { device, port } = this.add(type3);
      port.plug(device);
    }
    for (const port of this.#ports()) port.onRelease = (device) => this.#released(device);
  }

  /** Called with the ids of Type 3 devices that are no longer in the machine, and may have been mapped. */
  onRelease: (devices: readonly Type3Device[]) => void = () => {};

  /** A device is out of its slot, with all that is behind it. */
  #released(device: Pluggable): void {
    const gone = device instanceof CxlSwitch ? device.ports.flatMap(({ plugged }) => plugged ?? []) : [device];
    if (device instanceof CxlSwitch) this.#switches = this.#switches.filter((each) => each !== device);
    const devices = gone.filter((each) => each instanceof Type3Device);
    for (const { id } of devices) this.#type3s.delete(id);
    this.onRelease(devices);
  }

  /** By number. */
  get rootBuses(): [number, PciBus][] {
    return this.topology.hostBridges.map(({ id, bus }) => [
      bus,
      [...(this.bridges.get(id)?.ports ?? []), ...(this.#others.get(id) ?? [])],
    ]);
  }

  /** Functions that have no part in CXL, behind the bridge or port of that id. @throws RangeError if there is none */
  addOthers(id: string, functions: readonly PciFunction[]): void {
    const own = this.#switches.find((each) => each.id === id);
    const port = this.#ports().find((each) => each.id === id);
    if (port) port.holdOthers(functions);
    else if (own) own.functions[0]?.behind?.push(...functions);
    else if (this.bridges.has(id)) this.#others.set(id, functions);
    else throw new RangeError(`what is behind ${id} is not modelled`);
  }

  get type3Ids(): string[] {
    return [...this.#type3s.keys()];
  }

  /** What a device that is plugged in has to get along with. */
  get running(): Running {
    const ports = this.#ports();
    const bridges = [...this.bridges.keys()];
    const driver = ({ plugged }: DownstreamPort) =>
      plugged && (plugged instanceof CxlSwitch ? 'cxl-upstream' : 'cxl-type3');
    return {
      ids: [...bridges, ...ports.map(({ id }) => id), ...this.#switches.map(({ id }) => id), ...this.type3Ids],
      slots: new Map(ports.map((port) => [port.id, driver(port)])),
      buses: ['pcie.0', ...bridges],
    };
  }

  /** A device and the slot that is kept for it, which is still empty. */
  add(type3: Type3): Placed {
    const { type3: backed, media } = this.backing(type3);
    const device = new Type3Device(backed, this.quirks, this.facts, this.clock, this.send, media);
    const added = { device, port: this.#slot(type3.port) };
    this.#type3s.set(type3.id, added);
    return added;
  }

  type3(id: string): Placed {
    const found = this.#type3s.get(id);
    if (!found) throw new RangeError(`the machine has no Type 3 device ${id}`);
    return found;
  }

  /** A Type 3 device; `not-type3` for what else there is, undefined for what is not there. */
  found(id: string): Type3Device | 'not-type3' | undefined {
    return this.#type3s.get(id)?.device ?? (this.bridges.has(id) || this.configOf(id) ? 'not-type3' : undefined);
  }

  /** Of a device or a port. */
  configOf(id: string): ConfigSpace | undefined {
    const parts = [...this.#ports(), ...this.#switches, ...[...this.#type3s.values()].map(({ device }) => device)];
    return parts.find((each) => each.id === id)?.config;
  }

  /** All are as after power-on, but for media. */
  reset(): void {
    for (const { component, ports } of this.bridges.values()) {
      component.reset();
      for (const port of ports) port.reset();
    }
  }

  #slot(id: string): DownstreamPort {
    const port = this.#ports().find((each) => each.id === id);
    if (!port) throw new RangeError(`there is no root port and no downstream port ${id}`);
    if (port.plugged) throw new RangeError(`the slot of ${id} is taken`);
    return port;
  }

  #ports = (): DownstreamPort[] => [...this.bridges.values(), ...this.#switches].flatMap(({ ports }) => ports);
}
