/** What a machine is made of, before anything is powered on; in QEMU's nouns. Sizes are in bytes, ids are QEMU device ids. */
import type { FIELDS } from '../ledger/devices';
import type { FieldsOf } from '../ledger/property';
import type { Numa } from './numa';

export interface Topology {
  /** What kind of machine it is: the target's own kind unless given. */
  readonly machineType?: 'q35' | 'virt';
  readonly ram: bigint;
  readonly processors: number;
  /** How processors are grouped; each is a socket of its own unless given. */
  readonly smp?: Smp;
  /** Room for memory hotplug, as by `-m maxmem=,slots=`. */
  readonly hotplug?: { readonly maxRam: bigint; readonly slots: number };
  readonly hostBridges: readonly HostBridge[];
  /** Behind root ports of the host bridges. */
  readonly switches?: readonly Switch[];
  readonly windows: readonly FixedWindow[];
  readonly type3s: readonly Type3[];
  readonly testDevices: readonly TestDevice[];
  /** On the root bus, in slots of their own. */
  readonly pciePorts?: readonly PciePort[];
  readonly numa?: Numa;
  /** What is said of ports of CXL, by id, where it is not what a port has by itself. */
  readonly ports?: Readonly<Record<string, PortProperties>>;
  /** PCI functions that have no other part in a CXL machine. */
  readonly others?: readonly OtherFunction[];
  /** Ids in the order in which QEMU makes them, where that is another one than a rendered command line has. */
  readonly order?: { readonly devices: readonly string[]; readonly objects: readonly string[] };
  /** `pc-dimm` and `nvdimm`, in the room for memory hotplug. */
  readonly modules?: readonly MemoryModule[];
  /** What of the machine type, of its properties and of the processor decides where memory is. */
  readonly board?: Board;
  /** `-machine hmat=on`; where something is given that only an HMAT can tell, it is on unless given. */
  readonly hmat?: boolean;
}

/** Where a function is on its bus. */
export interface PciPlace {
  readonly device: number;
  readonly fn: number;
}

/**
 * Properties of `cxl-rp`, `cxl-upstream` and `cxl-downstream`: `number` is the Port Number in Link Capabilities, by which decoders
 * name it, and its position unless given; of chassis, which software does not see, and slot no two ports have the same.
 */
export interface PortProperties extends FieldsOf<typeof FIELDS.port> {
  /** The first free slot unless given. */
  readonly place?: PciPlace;
}

/** A function that QEMU knows by `driver`. */
export interface OtherFunction {
  readonly id: string;
  readonly driver: string;
  /** Id of the bridge that it is behind; `pcie.0` for the root bus. */
  readonly bus: string;
  readonly place: PciPlace;
  readonly multiFunction?: boolean;
  /** Bytes of a BAR whose size is that of its memory. */
  readonly memory?: bigint;
}

export interface MemoryModule {
  readonly id: string;
  readonly kind: 'pc-dimm' | 'nvdimm';
  readonly size: bigint;
  readonly node: number;
}

/** What is not given is as the newest machine type has it with QEMU's default processor. */
export interface Board {
  /** Whether the processor is one of AMD's, which keeps addresses for HyperTransport. */
  readonly hyperTransport?: boolean;
  /** Whether RAM is moved out of the way of those. */
  readonly movesAbove1T?: boolean;
  /** How many bits addresses have. */
  readonly addressBits?: number;
  /** Most bytes of RAM below 4 GiB. */
  readonly lowRam?: bigint;
}

/** `-smp`: of what is in a group, how many; all groups have as many. */
export interface Smp {
  /** With those that can be plugged in later. */
  readonly maxProcessors: number;
  readonly sockets: number;
  readonly dies: number;
  readonly cores: number;
  readonly threads: number;
}

/** `pxb-cxl`. QEMU also makes `bus` the bridge's ACPI _UID, and `node` its _PXM. */
export interface HostBridge extends FieldsOf<typeof FIELDS.hostBridge> {
  readonly id: string;
  /** Slot on the root bus; the first free one unless given. */
  readonly place?: PciPlace;
  /** `cxl-rp` by id; the position is the port number unless `ports` says otherwise. */
  readonly rootPorts: readonly string[];
}

/** `cxl-upstream`, and what hangs from it. */
export interface Switch extends FieldsOf<typeof FIELDS.switch> {
  /** Of the upstream port. */
  readonly id: string;
  /** Id of the root port whose slot it is in. */
  readonly rootPort: string;
  /** `cxl-downstream` by id; the position is the port number unless `ports` says otherwise. */
  readonly downstreamPorts: readonly string[];
  /** Id of the `cxl-switch-mailbox-cci` beside its upstream port, if there is one. */
  readonly mailbox?: string;
}

/** `cxl-fmw`. */
export interface FixedWindow {
  readonly size: bigint;
  /** Ids of host bridges, in interleave order. */
  readonly targets: readonly string[];
  /** Bytes. */
  readonly granularity: number;
}

/** `cxl-type3`. A capacity of zero is not there; the operating system finds the device by its serial, whatever it calls it. */
export interface Type3 extends FieldsOf<typeof FIELDS.type3> {
  readonly id: string;
  /** Id of the root port, or of the downstream port of a switch, whose slot it is in. */
  readonly port: string;
  readonly volatile: bigint;
  readonly persistent: bigint;
  /** Size of the Label Storage Area. */
  readonly labelArea: bigint;
  /** `num-dc-regions` and `volatile-dc-memdev`: capacity behind the rest, in regions of equal size. */
  readonly dynamic?: { readonly regions: number; readonly capacity: bigint };
  /** Id of the memory backend that its capacity is in, if that is not its own. */
  readonly backend?: string;
  /** Slot and function behind the port; 0 unless given. */
  readonly place?: PciPlace;
}

/** `pcie-root-port`. */
export interface PciePort {
  readonly id: string;
  /** Slot on the root bus; the first free one unless given. */
  readonly place?: PciPlace;
}

/** `pci-testdev`: a function that does nothing but have a 64-bit BAR of that size, which has to be placed. */
export interface TestDevice extends FieldsOf<typeof FIELDS.testDevice> {
  readonly id: string;
  /** Id of the PCI Express port that it is behind; on the root bus, as a conventional PCI device, unless given. */
  readonly port?: string;
  /** Slot on the root bus; the first free one unless given. */
  readonly place?: PciPlace;
  /** Function number; the others of its device have the same port. */
  readonly function?: number;
}

/** An E820 RESERVED entry over part of a fixed memory window, which firmware adds to what the machine hands it. */
export interface Reservation {
  /** Index of the window. */
  readonly window: number;
  /** Half-open, from the window's base. */
  readonly part: { readonly base: bigint; readonly size: bigint };
}

/**
 * Which CXL memory firmware configures by itself and describes, before any operating system is there; it leaves the
 * rest alone.
 */
export interface FirmwarePolicy {
  /** Serials of the devices whose volatile capacity it takes; all of them unless given. */
  readonly devices?: readonly bigint[];
  /** Whether it takes their persistent capacity too. */
  readonly persistent?: boolean;
  /** What E820 says of volatile memory. */
  readonly as: 'ram' | 'soft-reserved';
  /** Whether the decoders that it commits stay as they are until a reset. */
  readonly locks?: boolean;
}

/** `cxl-unaware`: one that knows memory by E820 and SRAT alone. */
export type OperatingSystem = 'linux' | 'cxl-unaware';

/** A machine, how its firmware is to treat it, and what is to run on it. */
export interface Setup {
  readonly topology: Topology;
  readonly reservations: readonly Reservation[];
  /** Undefined where firmware leaves all CXL memory to the operating system. */
  readonly policy?: FirmwarePolicy;
  readonly os?: OperatingSystem;
  /** Whether the machine's clock stands still until the operator moves it on. */
  readonly steppedClock?: boolean;
  /** Whether a machine that runs already will do, whatever it is made of. */
  readonly anyMachine?: boolean;
  /** Options to start a real QEMU with, where they say more than the topology. */
  readonly commandLine?: readonly string[];
}
