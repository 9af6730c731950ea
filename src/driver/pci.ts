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
import { PCI_EXPRESS } from '../codec/pci/express';
import type { Hardware, Hpa } from '../machine/hardware';
import type { PciFunction } from '../machine/host';
import { devicesBehind, findCapability } from './capability';
import { EcamFunction } from './ecam-function';

const FUNCTIONS = 8;
const ALL_ONES = 0xffff_ffff;

/** One function, and the bridge that it is behind. */
export class PciDevice extends EcamFunction {
  #extended: readonly { readonly at: number; readonly id: number }[] | undefined;

  constructor(
    hardware: Hardware,
    ecam: Hpa,
    location: PciAddress,
    readonly parent: PciDevice | undefined,
    readonly classCode: number,
    readonly layout: number,
  ) {
    super(hardware, ecam, location);
  }

  get address(): string {
    return showAddress(this.location);
  }

  /** Address of memory BAR `n`. */
  async bar(n: number): Promise<Hpa> {
    const raw = await this.read(CONFIG.bar0 + 4 * n);
    const high = Bar.decode(raw).type === BAR_64_BIT ? await this.read(CONFIG.bar0 + 4 * n + 4) : 0;
    return (BigInt(high) << 32n) | BigInt((raw & ~0xf) >>> 0);
  }

  /** Offsets of extended capabilities with that id; none of a conventional PCI function, which reads as all ones there. */
  async extendedCapabilities(id: number): Promise<number[]> {
    this.#extended ??= await this.#walkExtended(); // they stay where they are
    return this.#extended.filter((each) => each.id === id).map(({ at }) => at);
  }

  async #walkExtended(): Promise<{ at: number; id: number }[]> {
    const found: { at: number; id: number }[] = [];
    for (let at: number = EXTENDED_CAPABILITIES; at >= EXTENDED_CAPABILITIES; ) {
      const raw = await this.read(at);
      if (raw === ALL_ONES) break;
      const { id, next } = ExtendedCapability.decode(raw);
      found.push({ at, id });
      at = next;
    }
    return found;
  }

  /** Offset of the DVSEC with that vendor and id, if there is one. */
  async dvsec(vendor: number, wanted: number): Promise<number | undefined> {
    const there = await this.extendedCapabilities(EXTENDED_ID.dvsec);
    const [first, second] = await Promise.all(
      [DVSEC.header1, DVSEC.header2].map((header) => this.readAll(there.map((at) => at + header))),
    );
    const isWanted = (i: number) =>
      DvsecHeader1.decode(first?.[i] ?? 0).vendorId === vendor && DvsecHeader2.decode(second?.[i] ?? 0).id === wanted;
    return there.find((_, i) => isWanted(i));
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
    const held = await this.readAll(offsets);
    await this.writeAll(
      offsets,
      offsets.map(() => ALL_ONES),
    );
    const sized = await this.readAll(offsets);
    await this.writeAll(offsets, held);
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
  const readAll = (of: readonly PciAddress[], offset: number) =>
    hardware.readWords(of.map((at) => ecam + ecamOffset(at, offset)));
  const identities = await readAll(addresses, CONFIG.identity);
  const there = addresses.filter((_, i) => identities[i] !== NO_FUNCTION);
  const [headers, revisions] = await Promise.all([
    readAll(there, CONFIG.headerType),
    readAll(there, CONFIG.classRevision),
  ]);
  return there.map((at, i) => ({ at, header: headers[i] ?? 0, revision: revisions[i] ?? 0 }));
}
