import { E820_TYPE, showE820 } from '../codec/acpi/e820';
import { DecodeError } from '../codec/decode-error';
import { type Range, showRange } from '../codec/range';
import { Acpi } from '../driver/acpi';
import type { Linux } from '../ledger/linux';
import type { Quirks } from '../ledger/quirks';
import { Errno, STRERROR } from '../machine/errno';
import type { Hardware } from '../machine/hardware';
import type {
  Access,
  DaxDevice,
  Handover,
  HdmDecoder,
  Host,
  Memdev,
  NumaNode,
  PciFunction,
  QosClasses,
  Region,
  RegionRequest,
  Resource,
  RootDecoder,
} from '../machine/host';
import { accessTo, type WayTables } from './access';
import { autoAssemble } from './auto-region';
import { createRegion, destroyRegion } from './create-region';
import { devdaxOf, memoryBlocks } from './dax';
import { committedDecoders } from './decoders';
import { describeRootDecoder, windowIn } from './extent';
import { dealWithSlots } from './hot-plug';
import { NumaMap } from './numa';
import { isReachKnown, qosClasses } from './qos';
import { daxName } from './region';
import { Regions } from './regions';
import { memoryResources, ResourceNode } from './resources';
import { addEndpoints, type CxlTopology, discover, removeEndpoint, type Window } from './topology';

/** What Linux makes of a machine, from what firmware hands over and what the hardware says. */
export class LinuxModel implements Host {
  readonly #acpi: Acpi;
  readonly #iomem: ResourceNode;
  readonly #regions: Regions;
  readonly #log: string[] = [];
  #firmwareDecoders: readonly HdmDecoder[] = [];
  #windows: Promise<Window[]> | undefined;
  #topology: Promise<CxlTopology> | undefined;
  #numa: Promise<NumaMap> | undefined;

  constructor(
    private readonly hardware: Hardware,
    private readonly handover: Handover,
    private readonly linux: Linux,
    private readonly quirks: Quirks,
  ) {
    this.#regions = new Regions(quirks);
    this.#acpi = new Acpi(hardware, handover.rsdp);
    const apart = (type: number) => type === E820_TYPE.SOFT_RESERVED && linux.has('softReservedApart');
    this.#iomem = memoryResources(handover.memoryMap.filter(({ type }) => !apart(type)));
    this.#log.push(...handover.memoryMap.map((entry) => `BIOS-e820: ${showE820(entry)}`));
  }

  async memoryMap() {
    return this.handover.memoryMap;
  }

  acpiTable(signature: string): Promise<Uint8Array> {
    return this.#acpi.table(signature);
  }

  async resources(): Promise<readonly Resource[]> {
    await this.#cxl();
    return this.#iomem.children;
  }

  async pciFunctions(): Promise<PciFunction[]> {
    const { pci } = await this.#cxl();
    return Promise.all(pci.map((device) => device.describe()));
  }

  async memdevs(): Promise<Memdev[]> {
    return (await this.#cxl()).endpoints.map(({ memdev }) => memdev);
  }

  async cdat(memdev: string): Promise<Uint8Array> {
    const found = (await this.#cxl()).endpoints.find((endpoint) => endpoint.memdev.name === memdev)?.cdat;
    if (!found) throw new DecodeError(memdev, 'has no CDAT, or one whose length or checksum is wrong');
    return found;
  }

  async qosClasses(memdev: string): Promise<QosClasses> {
    this.linux.need('qosClasses', 'tell QoS classes');
    const found = (await this.#cxl()).endpoints.find((endpoint) => endpoint.memdev.name === memdev);
    if (!found) throw new Errno('ENODEV', `cxl memdev: ${memdev}: ${STRERROR.ENODEV}`);
    const known = isReachKnown(found.uid, await this.#ways()) || this.quirks.has('qos-class-from-device-alone');
    return known ? qosClasses(found.cdat, found.memdev.volatile, found.memdev.persistent) : {};
  }

  async regionAccess(name: string): Promise<Access> {
    this.linux.need('accessCoordinates', 'tell what a region is to processors');
    const online = (await this.daxDevices()).some((dax) => dax.region === name && dax.online > 0n);
    return online ? accessTo(this.#regions.named(name).endpoints, await this.#ways(), this.linux, this.quirks) : {};
  }

  async nodeAccess(node: number): Promise<Access> {
    this.linux.need('accessOfNodes', 'tell what the node of a region is to processors');
    const dax = (await this.daxDevices()).filter((each) => each.node === node).at(-1);
    const untold = this.linux.has('accessOfKnownNodesAlone') || this.quirks.has('access-of-new-node-untold');
    return dax && !untold ? this.regionAccess(dax.region) : {};
  }

  async #ways(): Promise<WayTables> {
    return { srat: await this.#acpi.affinities(), hmat: await this.#acpi.attributes() };
  }

  async rootDecoders(): Promise<RootDecoder[]> {
    return (await this.#rootDecoders()).map((window) => describeRootDecoder(window, this.quirks));
  }

  async decoders(): Promise<HdmDecoder[]> {
    return committedDecoders(await this.#cxl());
  }

  async firmwareDecoders(): Promise<readonly HdmDecoder[]> {
    await this.#cxl();
    return this.#firmwareDecoders;
  }

  async regions(): Promise<Region[]> {
    await this.#cxl();
    return this.#regions.describe();
  }

  async daxDevices(): Promise<DaxDevice[]> {
    await this.#cxl();
    const numa = await this.#nodes();
    return this.#regions.dax().map(({ region, device, ram }) => ({
      name: daxName(region),
      size: device.size,
      region,
      mode: 'system-ram',
      node: numa.nodeAt(device.base),
      online: this.quirks.has('volatile-memory-stays-offline') ? 0n : ram.size,
    }));
  }

  async nodes(): Promise<NumaNode[]> {
    await this.#cxl();
    return (await this.#nodes()).nodes(this.#systemRam());
  }

  async createRegion(request: RegionRequest): Promise<Region> {
    if (request.type === 'ram') this.linux.need('volatileRegions', 'create volatile regions');
    const region = await createRegion(await this.#cxl(), this.#regions.freeName(), request, this.linux, this.quirks);
    this.#regions.add(region);
    const described = region.describe();
    this.#log.push(`cxl ${region.name}: ${showRange(described)} committed`);
    return described;
  }

  async destroyRegion(name: string): Promise<void> {
    const region = this.#regions.named(name);
    await destroyRegion(region, this.quirks);
    this.#regions.remove(region);
    this.#log.push(`cxl ${name}: destroyed`);
  }

  async useAsSystemRam(name: string): Promise<void> {
    const device = devdaxOf(this.#regions.named(name).describe());
    const ram = memoryBlocks(device);
    this.#iomem.insert(new ResourceNode(daxName(name), device.base, device.size));
    this.#iomem.insert(new ResourceNode('System RAM (kmem)', ram.base, ram.size));
    this.#regions.convert(name);
    this.#log.push(`dax ${daxName(name)}: system-ram`);
  }

  async storeInRegion(name: string, bytes: Uint8Array): Promise<void> {
    await this.hardware.writeBlock(this.#regions.named(name).describe().base, bytes);
  }

  async loadFromRegion(name: string, length: number): Promise<Uint8Array> {
    return this.hardware.readBlock(this.#regions.named(name).describe().base, length);
  }

  async storeOnNode(node: number, bytes: Uint8Array): Promise<void> {
    await this.hardware.writeBlock(await this.#memoryOf(node), bytes);
  }

  async loadFromNode(node: number, length: number): Promise<Uint8Array> {
    return this.hardware.readBlock(await this.#memoryOf(node), length);
  }

  async settle(): Promise<void> {
    const topology = await this.#cxl();
    for (const { added, leaving, release, log } of await dealWithSlots(this.hardware, topology)) {
      for (const device of leaving) {
        const serial = topology.endpoints.find((endpoint) => endpoint.device === device)?.memdev.serial;
        this.#log.push(...(await this.#regions.abandon(serial)));
      }
      if (!this.quirks.has('removed-memdev-listed')) for (const device of leaving) removeEndpoint(topology, device);
      await release();
      topology.pci.push(...added);
      this.#log.push(...log, ...(await addEndpoints(topology, added, this.hardware, this.linux)));
    }
  }

  async log(): Promise<readonly string[]> {
    return this.#log;
  }

  /** RAM since boot, and what came online with regions. */
  #systemRam(): Range[] {
    const ram = this.handover.memoryMap.filter(({ type }) => type === E820_TYPE.RAM);
    return [...ram, ...this.#regions.ram()];
  }

  /** Where it puts what is stored on a node. @throws DecodeError if the node has no memory. */
  async #memoryOf(node: number): Promise<bigint> {
    await this.#cxl();
    const numa = await this.#nodes();
    const range = this.#systemRam().findLast(({ base }) => numa.nodeAt(base) === node);
    if (!range) throw new DecodeError(`node ${node}`, 'has no memory');
    return range.base;
  }

  /** Windows go into the resource tree when cxl_acpi probes, after the whole memory map. */
  #rootDecoders(): Promise<Window[]> {
    this.#windows ??= this.#acpi
      .windows()
      .then((windows) => windows.map((cfmws, n) => windowIn(this.#iomem, cfmws, n)));
    return this.#windows;
  }

  #cxl(): Promise<CxlTopology> {
    this.#topology ??= this.#rootDecoders().then(async (windows) => {
      const topology = await discover(this.hardware, this.#acpi, windows, this.linux);
      this.#log.push(...(await addEndpoints(topology, topology.pci, this.hardware, this.linux)));
      this.#firmwareDecoders = await committedDecoders(topology);
      const { regions, log } = await autoAssemble(topology, this.linux, this.quirks);
      this.#regions.add(...regions);
      this.#log.push(...log);
      return topology;
    });
    return this.#topology;
  }

  #nodes(): Promise<NumaMap> {
    this.#numa ??= NumaMap.from(this.#acpi);
    return this.#numa;
  }
}
