/** The PCI functions that firmware has set up, as Linux finds them: from root buses through bridges, by ECAM. */

import { DecodeError } from '../codec/decode-error';
import { decodeBars, type MemoryBar } from '../codec/pci/bar';
import {
  DVSEC,
  DvsecHeader1,
  DvsecHeader2,
  EXTENDED_CAPABILITIES,
  EXTENDED_ID,
  ExpressCapabilities,
  ExtendedCapability,
  LinkCapabilities,
  PCI_EXPRESS,
  SERIAL_NUMBER,
} from '../codec/pci/capability';
import {
  BAR_64_BIT,
  BAR_COUNT,
  Bar,
  BusNumbers,
  ClassRevision,
  CONFIG,
  Command,
  ecamOffset,
  HeaderType,
  LAYOUT,
  NO_FUNCTION,
  type PciAddress,
  showAddress,
} from '../codec/pci/configuration';
import type { Hardware, Hpa } from '../machine/hardware';
import type { PciFunction } from '../machine/host';
import { type Configuration, devicesBehind, findCapability } from './capability';

const FUNCTIONS = 8;
const ALL_ONES = 0xffff_ffff;

/** One function, and the bridge that it is behind. */
export class PciDevice implements Configuration {
  constructor(
    private readonly hardware: Hardware,
    private readonly ecam: Hpa,
    readonly location: PciAddress,
    readonly parent: PciDevice | undefined,
    readonly classCode: number,
    readonly layout: number,
  ) {}

  get address(): string {
    return showAddress(this.location);
  }

  /** Where its configuration space is. */
  get configuration(): Hpa {
    return this.ecam + ecamOffset(this.location, 0);
  }

  read = (offset: number): Promise<number> => this.hardware.read32(this.ecam + ecamOffset(this.location, offset));
  write = (offset: number, value: number): Promise<void> =>
    this.hardware.write32(this.ecam + ecamOffset(this.location, offset), value);

  /** Address of memory BAR `n`. */
  async bar(n: number): Promise<Hpa> {
    const raw = await this.read(CONFIG.bar0 + 4 * n);
    const high = Bar.decode(raw).type === BAR_64_BIT ? await this.read(CONFIG.bar0 + 4 * n + 4) : 0;
    return (BigInt(high) << 32n) | BigInt((raw & ~0xf) >>> 0);
  }

  /** Offsets of extended capabilities with that id; none of a conventional PCI function, which reads as all ones there. */
  async extendedCapabilities(id: number): Promise<number[]> {
    const found: number[] = [];
    for (let at: number = EXTENDED_CAPABILITIES; at >= EXTENDED_CAPABILITIES; ) {
      const raw = await this.read(at);
      if (raw === ALL_ONES) break;
      const header = ExtendedCapability.decode(raw);
      if (header.id === id) found.push(at);
      at = header.next;
    }
    return found;
  }

  /** Offset of the DVSEC with that vendor and id, if there is one. */
  async dvsec(vendor: number, wanted: number): Promise<number | undefined> {
    for (const at of await this.extendedCapabilities(EXTENDED_ID.dvsec)) {
      const [header1, header2] = await Promise.all([this.read(at + DVSEC.header1), this.read(at + DVSEC.header2)]);
      if (DvsecHeader1.decode(header1).vendorId === vendor && DvsecHeader2.decode(header2).id === wanted) return at;
    }
    return undefined;
  }

  /** Device Serial Number; 0 if there is none. */
  async serialNumber(): Promise<bigint> {
    const [at] = await this.extendedCapabilities(EXTENDED_ID.serialNumber);
    if (at === undefined) return 0n;
    const [low, high] = await Promise.all([this.read(at + SERIAL_NUMBER.low), this.read(at + SERIAL_NUMBER.high)]);
    return (BigInt(high) << 32n) | BigInt(low);
  }

  /** The port number that a bridge's decoders know it by. @throws DecodeError if it has no PCI Express capability. */
  async portNumber(): Promise<number> {
    const at = await this.#express();
    return LinkCapabilities.decode(await this.read(at + PCI_EXPRESS.linkCapabilities)).portNumber;
  }

  /** Which kind of port a bridge is. @throws DecodeError if it has no PCI Express capability. */
  async portType(): Promise<number> {
    return ExpressCapabilities.decode(await this.read(await this.#express())).portType;
  }

  /** Memory BARs, sized as Linux sizes them: with decoding switched off. One without an address has base 0. */
  async memoryBars(): Promise<MemoryBar[]> {
    const command = await this.read(CONFIG.command);
    await this.write(CONFIG.command, Command.encode({ memorySpace: false }, command & 0xffff));
    const offsets = Array.from({ length: BAR_COUNT[this.layout] ?? 0 }, (_, i) => CONFIG.bar0 + 4 * i);
    const held = await Promise.all(offsets.map(this.read));
    const sized = await Promise.all(
      offsets.map((offset) => this.write(offset, ALL_ONES).then(() => this.read(offset))),
    );
    await Promise.all(offsets.map((offset, i) => this.write(offset, held[i] ?? 0)));
    await this.write(CONFIG.command, command & 0xffff);
    return decodeBars(held, sized);
  }

  async #express(): Promise<number> {
    const at = await findCapability(this, PCI_EXPRESS.id);
    if (at === undefined) throw new DecodeError(this.address, 'has no PCI Express capability');
    return at;
  }

  async describe(): Promise<PciFunction> {
    const placed = (await this.memoryBars()).filter(({ base }) => base !== 0n);
    const bars = placed.map(({ base, size }) => ({ base, size }));
    return { address: this.address, classCode: this.classCode, bars };
  }
}

/** All functions behind root bus `bus`, in the order of their addresses, depth first. */
export async function scanBus(hardware: Hardware, ecam: Hpa, bus: number, parent?: PciDevice): Promise<PciDevice[]> {
  const first = await presentAt(
    hardware,
    ecam,
    Array.from({ length: await devicesBehind(parent) }, (_, device) => ({ bus, device, fn: 0 })),
  );
  const more = first
    .filter(({ header }) => HeaderType.decode(header).multiFunction)
    .flatMap(({ at }) => Array.from({ length: FUNCTIONS - 1 }, (_, i) => ({ ...at, fn: i + 1 })));
  const all = [...first, ...(await presentAt(hardware, ecam, more))];
  const order = ({ at }: Present) => at.device * FUNCTIONS + at.fn;
  const found: PciDevice[] = [];
  for (const { at, header, revision } of all.sort((a, b) => order(a) - order(b))) {
    const { layout } = HeaderType.decode(header);
    const device = new PciDevice(hardware, ecam, at, parent, ClassRevision.decode(revision).classCode, layout);
    found.push(device);
    if (layout !== LAYOUT.bridge) continue;
    const { secondary } = BusNumbers.decode(await device.read(CONFIG.busNumbers));
    if (secondary > bus) found.push(...(await scanBus(hardware, ecam, secondary, device)));
  }
  return found;
}

interface Present {
  readonly at: PciAddress;
  readonly header: number;
  readonly revision: number;
}

async function presentAt(hardware: Hardware, ecam: Hpa, addresses: readonly PciAddress[]): Promise<Present[]> {
  const read = (at: PciAddress, offset: number) => hardware.read32(ecam + ecamOffset(at, offset));
  const identities = await Promise.all(addresses.map((at) => read(at, CONFIG.identity)));
  const there = addresses.filter((_, i) => identities[i] !== NO_FUNCTION);
  return Promise.all(
    there.map(async (at) => {
      const [header, revision] = await Promise.all([read(at, CONFIG.headerType), read(at, CONFIG.classRevision)]);
      return { at, header, revision };
    }),
  );
}
