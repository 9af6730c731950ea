import { fromBytes, toBytes } from '../codec/bytes';
import { CONFIG_PORT, ConfigAddress } from '../codec/pci/configuration';
import { type Facts, factsOf } from '../ledger/facts';
import type { Quirks } from '../ledger/quirks';
import type { Hardware, Hpa } from '../machine/hardware';
import type { Operator } from '../machine/operator';
import type { Topology, Type3 } from '../machine/topology';
import { AddressSpace } from './address-space';
import { VirtualClock } from './clock';
import { firmwareFiles } from './firmware-files';
import { FixedWindowRouter } from './fixed-window';
import { FwCfg } from './fw-cfg';
import { CxlHostBridge } from './host-bridge';
import { Media } from './media';
import { type MemoryMap, memoryMap } from './memory-map';
import { numaTables } from './numa-tables';
import { Ecam, type PciAddress, type PciBus, PciFabric } from './pci-fabric';
import { memoryControllerHub, testDevice } from './q35';
import { refuseUnlessPossible } from './refusals';
import type { RootPort } from './root-port';
import { Type3Device } from './type3';

const NOTHING = 0xffff_ffff;

/** A q35 machine in this process: what the specifications ask for, with the quirks it is given. */
export class SimulatedMachine implements Hardware, Operator {
  readonly #map: MemoryMap;
  readonly #space = new AddressSpace();
  readonly #bridges: ReadonlyMap<string, CxlHostBridge>;
  readonly #fabric: PciFabric;
  readonly #ecam: Ecam;
  readonly #ram = new Media();
  readonly #clock = new VirtualClock();
  readonly #devices = new Map<string, { readonly device: Type3Device; readonly port: RootPort }>();
  #fwCfg: FwCfg;
  #configAddress = 0;
  #remap = true;

  /** @throws Refusal in QEMU's words; RangeError for what else cannot be, such as two devices in one slot. */
  constructor(
    private readonly topology: Topology,
    private readonly quirks: Quirks,
    private readonly facts: Facts = factsOf(),
  ) {
    refuseUnlessPossible(topology, quirks);
    this.#map = memoryMap(topology, quirks);
    this.#bridges = new Map(topology.hostBridges.map((bridge) => [bridge.id, new CxlHostBridge(bridge, quirks)]));
    const mch = memoryControllerHub();
    const ownBus = [mch, ...topology.testDevices.map(({ bar }, i) => testDevice(i + 1, bar))];
    const roots = topology.hostBridges.map(({ id, bus }): [number, PciBus] => [
      bus,
      [...(this.#bridges.get(id)?.ports ?? [])],
    ]);
    this.#fabric = new PciFabric(new Map<number, PciBus>([[0, ownBus], ...roots]));
    this.#ecam = new Ecam(this.#fabric, mch.config);
    for (const type3 of topology.type3s) {
      const { device, port } = this.#add(type3);
      port.plug(device);
    }
    for (const { config } of this.#fabric.functions()) config.onChange = this.#changed;
    this.#fwCfg = this.#newFwCfg();
  }

  read8 = async (address: Hpa) => Number(this.#number(address, 1));
  read16 = async (address: Hpa) => Number(this.#number(address, 2));
  read32 = async (address: Hpa) => Number(this.#number(address, 4));
  read64 = async (address: Hpa) => this.#number(address, 8);
  write8 = async (address: Hpa, value: number) => this.#write(address, toBytes(value, 1));
  write16 = async (address: Hpa, value: number) => this.#write(address, toBytes(value, 2));
  write32 = async (address: Hpa, value: number) => this.#write(address, toBytes(value, 4));
  write64 = async (address: Hpa, value: bigint) => this.#write(address, toBytes(value, 8));

  readBlock = async (address: Hpa, length: number) => Uint8Array.from(this.#read(address, length));
  writeBlock = async (address: Hpa, bytes: Uint8Array) => this.#write(address, bytes);

  in8 = async (port: number) => this.#fwCfg.in8(port);
  in16 = async (_port: number) => 0xffff;
  in32 = async (port: number) => (port === CONFIG_PORT.data ? this.#configRead() : this.#fwCfg.in32(port));
  out8 = async (_port: number, _value: number) => {};
  out16 = async (port: number, value: number) => this.#fwCfg.out16(port, value);

  async out32(port: number, value: number) {
    if (port === CONFIG_PORT.address) this.#configAddress = value;
    else if (port === CONFIG_PORT.data) this.#configTarget()?.write(this.#register(), toBytes(value, 4));
    else this.#fwCfg.out32(port, value);
  }

  async powerOff() {}

  async reset() {
    const type3s = [...this.#devices.values()].map(({ device }) => device);
    const ports = [...this.#bridges.values()].flatMap((bridge) => bridge.ports);
    const others = this.#fabric.functions().filter(({ config }) => type3s.every((device) => device.config !== config));
    for (const { config } of others) config.reset();
    for (const each of [...type3s, ...ports]) each.reset();
    for (const { component } of this.#bridges.values()) component.registers.reset();
    this.#fwCfg = this.#newFwCfg();
  }

  async hotAdd(type3: Type3) {
    const none = this.quirks.has('hot-added-capacity-zero') && { volatile: 0n, persistent: 0n };
    const { device, port } = this.#add({ ...type3, ...none });
    port.hotPlug(device);
    device.config.onChange = this.#changed;
  }

  async hotRemove(id: string) {
    this.#device(id).port.askForRemoval(() => this.#devices.delete(id));
  }

  async plugged() {
    return [...this.#devices.keys()];
  }

  hasReportedRemoval = async (id: string) => !this.#devices.has(id) && !this.quirks.has('removal-never-reported');

  async elapse(seconds: number) {
    this.#clock.move(seconds);
  }

  readMemory = this.readBlock;

  async injectPoison(id: string, dpa: bigint, length: number) {
    this.#device(id).device.poison.push({ dpa, length });
  }

  async readMedia(id: string, dpa: bigint, length: number) {
    return this.#device(id).device.media.read(dpa, length);
  }

  #add(type3: Type3) {
    const port = [...this.#bridges.values()].flatMap(({ ports }) => ports).find(({ id }) => id === type3.rootPort);
    if (!port) throw new RangeError(`${type3.id} is behind ${type3.rootPort}, which is no root port`);
    if (port.plugged) throw new RangeError(`the slot of ${port.id} is taken`);
    const added = { device: new Type3Device(type3, this.quirks, this.facts, this.#clock), port };
    this.#devices.set(type3.id, added);
    return added;
  }

  #device(id: string) {
    const found = this.#devices.get(id);
    if (!found) throw new RangeError(`the machine has no Type 3 device ${id}`);
    return found;
  }

  #newFwCfg(): FwCfg {
    return new FwCfg(
      firmwareFiles(
        this.#map,
        () => numaTables(this.topology, this.#map, this.#addressOf, this.quirks),
        () => this.#ecam.mapping()[0]?.base,
        this.quirks,
        this.facts,
      ),
      this.#space,
    );
  }

  #addressOf = (id: string): PciAddress => {
    const ports = [...this.#bridges.values()].flatMap((bridge) => bridge.ports);
    const config = this.#devices.get(id)?.device.config ?? ports.find((port) => port.id === id)?.config;
    const address = config && this.#fabric.addressOf(config);
    if (!address) throw new RangeError(`${id} is no Type 3 device and no root port`);
    return address;
  };

  #changed = () => {
    this.#remap = true;
  };

  #read(address: Hpa, length: number): Uint8Array {
    if (this.#remap) this.#mapAll();
    return this.#space.read(address, length);
  }

  #write(address: Hpa, bytes: Uint8Array): void {
    if (this.#remap) this.#mapAll();
    this.#space.write(address, bytes);
  }

  #number(address: Hpa, size: number): bigint {
    return fromBytes(this.#read(address, size));
  }

  /** What answers where, as BARs and ECAM are placed now. RAM comes first, and host registers before windows. */
  #mapAll(): void {
    this.#remap = false;
    const { ram, bridges, windows } = this.#map;
    this.#space.map([
      ...ram.map((range) => ({ ...range, responder: shifted(this.#ram, range.base) })),
      ...this.#ecam.mapping(),
      ...bridges.flatMap(({ id, registers }) => {
        const bridge = this.#bridges.get(id);
        return bridge ? [{ ...registers, responder: bridge.component.registers }] : [];
      }),
      ...this.#fabric.mappings(),
      ...windows.map(({ window, targets, granularity }) => {
        const byTurn = targets.map((uid) => this.#bridges.get(bridges.find((bridge) => bridge.uid === uid)?.id ?? ''));
        const present = byTurn.filter((bridge) => bridge !== undefined);
        return { ...window, responder: new FixedWindowRouter(window.base, present, granularity, this.quirks) };
      }),
    ]);
  }

  #configTarget() {
    const { enable, bus, device, fn } = ConfigAddress.decode(this.#configAddress);
    return enable ? this.#fabric.find(bus, device, fn) : undefined;
  }

  #register = () => ConfigAddress.decode(this.#configAddress).register * 4;

  #configRead(): number {
    return this.#configTarget()?.read32(this.#register()) ?? NOTHING;
  }
}

/** RAM is one store for all its ranges, by address. */
const shifted = (media: Media, base: bigint) => ({
  read: (offset: bigint, length: number) => media.read(base + offset, length),
  write: (offset: bigint, bytes: Uint8Array) => media.write(base + offset, bytes),
});
