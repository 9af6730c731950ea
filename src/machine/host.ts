import type { E820Entry } from '../codec/acpi/e820';
import type { DataType } from '../codec/acpi/hmat-locality';
import type { Range } from '../codec/range';
import type { Hpa } from './hardware';
import type { MemdevName } from './named-memdev';

/** What firmware leaves behind for the operating system. */
export interface Handover {
  readonly memoryMap: readonly E820Entry[];
  /** Address of the ACPI Root System Description Pointer. */
  readonly rsdp: Hpa;
}

/**
 * The operating system's view of the machine, in the shape of `cxl list`. Sizes are in bytes.
 * What changes the machine resolves when the operating system has come to rest, memory onlined included.
 */
export interface Host {
  /** The memory map that firmware handed over: `/sys/firmware/memmap`. */
  memoryMap(): Promise<readonly E820Entry[]>;
  /** A whole ACPI table. @throws DecodeError if there is none with that signature. */
  acpiTable(signature: string): Promise<Uint8Array>;
  /** The roots of `/proc/iomem`, by ascending address. */
  resources(): Promise<readonly Resource[]>;
  pciFunctions(): Promise<readonly PciFunction[]>;
  memdevs(): Promise<readonly Memdev[]>;
  /** The CDAT of a memdev, as it was read from the device. @throws DecodeError if the operating system has none of it. */
  cdat(memdev: string): Promise<Uint8Array>;
  /** The QoS classes of a memdev's capacities: `memN/ram/qos_class`. @throws NotApplicable if the release knows of none. */
  qosClasses(memdev: string): Promise<QosClasses>;
  /**
   * How processors reach the memory of region `name`, once it is online: `regionN/access1`. Empty unless the operating
   * system knows all of the way. @throws NotApplicable if the release shows none for regions.
   */
  regionAccess(name: string): Promise<Access>;
  /** Likewise of the memory of a region on NUMA node `node`: `nodeN/access1/initiators`. */
  nodeAccess(node: number): Promise<Access>;
  /** One for each fixed memory window, in CEDT order: `decoder0.N`. */
  rootDecoders(): Promise<readonly RootDecoder[]>;
  /** The committed HDM decoders of host bridges and endpoints. */
  decoders(): Promise<readonly HdmDecoder[]>;
  /** Those that were when the operating system started: firmware has committed them. */
  firmwareDecoders(): Promise<readonly HdmDecoder[]>;
  regions(): Promise<readonly Region[]>;
  daxDevices(): Promise<readonly DaxDevice[]>;
  /** The NUMA nodes that are online. */
  nodes(): Promise<readonly NumaNode[]>;

  /** What `cxl create-region` does. @throws Errno, and then no region is left of the attempt. */
  createRegion(request: RegionRequest): Promise<Region>;
  /** What `cxl destroy-region` does, after its memory has been taken offline. @throws Errno */
  destroyRegion(name: string): Promise<void>;
  /**
   * Makes a devdax namespace in persistent region `name`, and system RAM of it: what `ndctl create-namespace -m devdax`
   * and `daxctl reconfigure-device -m system-ram` do. @throws Errno
   */
  useAsSystemRam(name: string): Promise<void>;
  /**
   * Stores `bytes` in the memory that region `name` gives to software: a namespace of a persistent region, from its
   * start; memory of the region's node for a volatile one, where the operating system chooses the address.
   */
  storeInRegion(name: string, bytes: Uint8Array): Promise<void>;
  /** What {@link storeInRegion} stored, read back past any cache. */
  loadFromRegion(name: string, length: number): Promise<Uint8Array>;

  /** Stores `bytes` in memory of NUMA node `node`, where the operating system chooses the address. */
  storeOnNode(node: number, bytes: Uint8Array): Promise<void>;
  /** What {@link storeOnNode} stored. */
  loadFromNode(node: number, length: number): Promise<Uint8Array>;
  /** Deals with devices that were plugged in, or are asked to go: resolves when nothing of that is under way. */
  settle(): Promise<void>;

  /** The kernel's log, a line each, oldest first. */
  log(): Promise<readonly string[]>;
}

/** An entry of `/proc/iomem`. */
export interface Resource extends Range {
  /** `CXL Window 0`, `Reserved`, `System RAM`. */
  readonly name: string;
  /** By ascending address. */
  readonly children: readonly Resource[];
}

export interface PciFunction {
  /** `0000:35:00.0`. */
  readonly address: string;
  /** Base class, sub-class and programming interface: 0x050210 for a CXL memory device. */
  readonly classCode: number;
  /** The memory BARs that have been given an address. */
  readonly bars: readonly Range[];
}

export interface Memdev {
  /** `mem0`; numbered in probe order, so that a device is known by its serial. */
  readonly name: string;
  readonly serial: bigint;
  readonly volatile: bigint;
  readonly persistent: bigint;
  readonly firmware: string;
  /** PCI address. */
  readonly host: string;
}

/** One for each capacity of which latency and bandwidth are known, all the way from the processors. */
export interface QosClasses {
  readonly volatile?: number;
  readonly persistent?: number;
}

/** By what it is: latencies in ns, bandwidths in MB/s. Empty where the operating system does not know. */
export type Access = Readonly<Partial<Record<DataType, number>>>;

export interface RootDecoder extends Range {
  /** `decoder0.0`. */
  readonly name: string;
  readonly ways: number;
  /** ACPI _UIDs of host bridges, in interleave order. */
  readonly targets: readonly number[];
  readonly volatileCapable: boolean;
  readonly persistentCapable: boolean;
  /** The largest extent that no region occupies. */
  readonly maxAvailableExtent: bigint;
}

/** A committed HDM decoder. */
export interface HdmDecoder extends Range {
  /** `decoder 0 of host bridge 12`, `decoder 0 of 0000:0d:00.0`. */
  readonly name: string;
  /** `port`: of a host bridge or switch. */
  readonly of: 'port' | 'endpoint';
  readonly ways: number;
  /** Bytes. */
  readonly granularity: number;
  /** Of an endpoint's, as far as it can be known: the ports above that have decoders, none of which has all of its range. */
  readonly unmappedAbove?: readonly string[];
}

export type RegionType = 'ram' | 'pmem';

export interface RegionRequest {
  readonly type: RegionType;
  /** Name of the root decoder. */
  readonly decoder: string;
  readonly size: bigint;
  /** Memdevs, in interleave order. */
  readonly devices: readonly MemdevName[];
}

export interface Region extends Range {
  /** `region0`. */
  readonly name: string;
  readonly type: RegionType;
  readonly ways: number;
  /** Bytes. */
  readonly granularity: number;
  /** Whether its decoders are committed, and a driver is bound to it. */
  readonly state: 'enabled' | 'disabled';
  /** Serials of memdevs, by position. */
  readonly devices: readonly bigint[];
}

export interface DaxDevice {
  /** `dax0.0`. */
  readonly name: string;
  readonly size: bigint;
  readonly region: string;
  readonly mode: 'devdax' | 'system-ram';
  /** The NUMA node that its memory belongs to. */
  readonly node: number;
  /** Of its memory, what is online. */
  readonly online: bigint;
}

export interface NumaNode {
  readonly id: number;
  /** Online memory. */
  readonly memory: bigint;
  /** Whether a device that is an initiator of its own is on it. */
  readonly genericInitiator: boolean;
  /** To each online node, itself included, by ascending number: `/sys/devices/system/node/nodeN/distance`. */
  readonly distances: readonly number[];
}
