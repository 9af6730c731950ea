import { fromBytes, toBytes, wordOf } from '../codec/bytes';
import { contains } from '../codec/range';
import { changedFacts } from '../ledger/changed-facts';
import { type Facts, factsOf } from '../ledger/facts';
import { DEFAULT_PLATFORM } from '../ledger/platforms';
import type { QmpCommandName } from '../ledger/qmp-commands';
import type { Quirks } from '../ledger/quirks';
import { MachineCrash } from '../machine/crash';
import type { Hardware, Hpa } from '../machine/hardware';
import type { Operator } from '../machine/operator';
import type { QmpArguments } from '../machine/qmp';
import { Refusal } from '../machine/refusal';
import type { FixedWindow, Topology, Type3 } from '../machine/topology';
import { AddressSpace } from './board/address-space';
import { VirtualClock } from './board/clock';
import { Media } from './board/media';
import { onNode } from './board/node-media';
import { CxlParts } from './cxl-parts';
import { FixedWindowRouter } from './fabric/fixed-window';
import type { PciAddress } from './pci/pci-fabric';
import type { Board, Ports } from './platform/board';
import { BOARDS } from './platform/boards';
import { FwCfg } from './platform/tables/fw-cfg';
import { numaTables } from './platform/tables/numa-tables';
import { checkArguments } from './qmp/arguments';
import { RunTimeRefusals } from './qmp/device-add';
import { runQmpCommand } from './qmp/run';
import { RootBuses } from './root-buses';
import type { Type3Device } from './type3/type3';

/** A machine in this process: what the specifications ask for, with the quirks it is given. */
export class SimulatedMachine implements Hardware, Operator {
  private readonly facts: Facts;
  readonly #board: Board;
  readonly #ports: Ports;
  readonly #space = new AddressSpace();
  #cxl: CxlParts;
  readonly #buses: RootBuses;
  readonly #ram = new Media();
  readonly #clock = new VirtualClock();
  #fwCfg: FwCfg;
  readonly #refusals: RunTimeRefusals;
  readonly #removalsReported = new Set<string>();
  readonly #removed: Type3Device[] = [];
  #remap = true;

  /** @throws RangeError for what cannot be, such as two devices in one slot; refusals.ts knows what QEMU says to it. */
  constructor(
    private readonly topology: Topology,
    private readonly quirks: Quirks,
    facts: Facts = factsOf(),
  ) {
    this.facts = changedFacts(facts, quirks);
    this.#board = BOARDS[topology.machineType ?? DEFAULT_PLATFORM](topology, quirks);
    this.#refusals = new RunTimeRefusals(quirks);
    this.#buses = new RootBuses(this.#board, topology, this.facts, this.#changed);
    this.#cxl = this.#newCxl();
    this.#cxl.onRelease = (devices) => this.#released(devices);
    this.#fwCfg = this.#newFwCfg();
    this.#ports = this.#board.ports(
      () => this.#buses.fabric,
      () => this.#fwCfg,
    );
    this.#fillRam();
  }

  read8 = async (address: Hpa) => Number(this.#number(address, 1));
  read16 = async (address: Hpa) => Number(this.#number(address, 2));
  read32 = async (address: Hpa) => wordOf(this.#read(address, 4));
  read64 = async (address: Hpa) => this.#number(address, 8);
  write8 = async (address: Hpa, value: number) => this.#write(address, toBytes(value, 1));
  write16 = async (address: Hpa, value: number) => this.#write(address, toBytes(value, 2));
  write32 = async (address: Hpa, value: number) => this.#write(address, toBytes(value, 4));
  write64 = async (address: Hpa, value: bigint) => this.#write(address, toBytes(value, 8));

  readWords = async (addresses: readonly Hpa[]) => addresses.map((address) => wordOf(this.#read(address, 4)));

  async writeWords(addresses: readonly Hpa[], words: ArrayLike<number>) {
    for (const [i, address] of addresses.entries()) this.#write(address, toBytes(words[i] ?? 0, 4));
  }

  readBlock = async (address: Hpa, length: number) => Uint8Array.from(this.#read(address, length));
  writeBlock = async (address: Hpa, bytes: Uint8Array) => this.#write(address, bytes);

  in8 = (port: number) => this.#ports.in8(port);
  in16 = (port: number) => this.#ports.in16(port);
  in32 = (port: number) => this.#ports.in32(port);
  out8 = (port: number, value: number) => this.#ports.out8(port, value);
  out16 = (port: number, value: number) => this.#ports.out16(port, value);
  out32 = (port: number, value: number) => this.#ports.out32(port, value);

  async powerOff() {}

  async reset() {
    for (const { config } of this.#buses.fabric.functions([this.#buses.own])) config.reset();
    this.#cxl.reset();
    this.#fwCfg = this.#newFwCfg();
    this.#fillRam();
    this.#changed();
  }

  async hotAdd(type3: Type3) {
    const none = this.quirks.has('hot-added-capacity-zero') && { volatile: 0n, persistent: 0n };
    const { device, port } = this.#cxl.add({ ...type3, ...none });
    device.config.onChange = this.#changed;
    this.#removalsReported.delete(type3.id);
    port.hotPlug(device);
  }

  async hotRemove(id: string) {
    this.#cxl.type3(id).port.askForRemoval();
  }

  #released(devices: readonly Type3Device[]): void {
    this.#changed();
    this.#removed.push(...devices);
    for (const { id, hasMapped } of devices) {
      const kept = hasMapped && this.quirks.has('removal-unreported-after-commit');
      if (!kept && !this.quirks.has('removal-never-reported')) this.#removalsReported.add(id);
    }
  }

  plugged = async () => this.#cxl.type3Ids;

  hasReportedRemoval = async (id: string) => this.#removalsReported.has(id);

  async plugIn(given: QmpArguments) {
    this.#refusals.check(given, this.#cxl.running);
  }

  takeMemory = async (id: string) => !this.#cxl.type3Ids.includes(id) && !this.quirks.has('backend-kept-after-removal');

  async reuseMemory(id: string) {
    return !this.#cxl.type3Ids.includes(id) && !this.quirks.has('backend-refused-after-removal');
  }

  /** QEMU migration/savevm.c: qemu_savevm_state_blocked(). */
  async migrate() {
    const [bridge] = this.topology.hostBridges;
    if (!bridge) return;
    if (this.quirks.has('migration-blocked-without-name')) throw new Refusal('State blocked by non-migratable device');
    if (!this.quirks.has('cxl-not-migrated')) {
      throw new Refusal(`State blocked by non-migratable device '${bridge.id}/pxb-cxl'`);
    }
    this.#cxl = this.#newCxl();
    this.#changed();
  }

  async elapse(seconds: number) {
    this.#clock.move(seconds);
  }

  async fixedWindows(): Promise<FixedWindow[]> {
    if (this.quirks.has('asking-for-windows-crashes')) throw new MachineCrash('SIGSEGV', 'machine_get_cfmw');
    return [...this.topology.windows];
  }

  readMemory = this.readBlock;

  async command(id: string, name: QmpCommandName, given: QmpArguments) {
    if (!checkArguments(name, given, this.facts.qmpCommands.get(name), this.quirks)) return;
    runQmpCommand(name, this.#cxl.found(id), given, this.quirks);
  }

  readMedia = async (id: string, dpa: bigint, length: number) => this.#cxl.type3(id).device.media.read(dpa, length);

  #sendWord = (address: bigint, word: number) => this.#write(address, toBytes(word, 4));

  #backing = (type3: Type3) => onNode(type3, this.topology, this.#ram, this.#board.map.ram) ?? { type3 };

  /** As it was made, in its place on the buses. */
  #newCxl(): CxlParts {
    const { topology, quirks, facts } = this;
    const cxl = new CxlParts(topology, quirks, facts, this.#clock, this.#sendWord, this.#backing);
    this.#buses.connect(cxl);
    return cxl;
  }

  #newFwCfg(): FwCfg {
    const { map, style } = this.#board;
    const contents = () => ({
      numa: numaTables(this.topology, map, this.#addressOf, style, this.quirks, this.facts),
      roots: new Map(this.#cxl.rootBuses),
    });
    return new FwCfg(this.#board.files(contents, this.quirks, this.facts), this.#space);
  }

  #fillRam(): void {
    for (const { at, bytes } of this.#board.inRam) this.#ram.write(at, bytes);
  }

  #addressOf = (id: string): PciAddress => {
    const config = this.#cxl.configOf(id) ?? this.#buses.others.byId.get(id)?.config;
    const address = config && this.#buses.fabric.addressOf(config);
    if (!address) throw new RangeError(`${id} is no PCI function`);
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

  /** What answers where, as BARs and ECAM are placed now. RAM comes first, host registers before windows, and BARs last. */
  #mapAll(): void {
    this.#remap = false;
    const { ram, hostRegisters, bridges, windows } = this.#board.map;
    const ecam = this.#board.ecam();
    const bars = this.#buses.fabric.mappings();
    const barsWin = this.quirks.has('bars-in-window');
    this.#space.map([
      ...ram.map((range) => ({ ...range, responder: shifted(this.#ram, range.base) })),
      ...(ecam ? [{ ...ecam, responder: this.#buses.ecam }] : []),
      ...this.#board.mappings(() => this.#fwCfg),
      ...bridges.flatMap(({ id, registers }) => {
        const bridge = this.#cxl.bridges.get(id);
        const hasRoom = contains(hostRegisters, registers.base); // a 17th has none, and answers to nobody
        return bridge && hasRoom ? [{ ...registers, responder: bridge.component.registers }] : [];
      }),
      ...(barsWin ? bars : []),
      ...windows.map(({ window, targets, granularity }) => {
        const byTurn = targets.map((uid) =>
          this.#cxl.bridges.get(bridges.find((bridge) => bridge.uid === uid)?.id ?? ''),
        );
        const present = byTurn.filter((bridge) => bridge !== undefined);
        return {
          ...window,
          responder: new FixedWindowRouter(window.base, present, granularity, this.quirks, this.#removed),
        };
      }),
      ...(barsWin ? [] : bars),
      ...this.#board.unassigned(),
    ]);
  }
}

/** RAM is one store for all its ranges, by address. */
const shifted = (media: Media, base: bigint) => ({
  read: (offset: bigint, length: number) => media.read(base + offset, length),
  write: (offset: bigint, bytes: Uint8Array) => media.write(base + offset, bytes),
});
