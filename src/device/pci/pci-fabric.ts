import { BusNumbers, CONFIG } from '../../codec/pci/configuration';
import type { Mapping, Responder } from '../board/address-space';
import type { ConfigSpace } from './config-space';

/** A function in a slot; behind a bridge there is another bus. */
export interface PciFunction {
  readonly device: number;
  readonly fn: number;
  readonly config: ConfigSpace;
  readonly behind?: PciBus;
}

export interface PciAddress {
  readonly bus: number;
  readonly device: number;
  readonly function: number;
}

/** A bus is its functions: slots can be filled and emptied. */
export type PciBus = PciFunction[];

/** Routes configuration accesses by bus number, as bridges have been told theirs. */
export class PciFabric {
  /** Root buses by number. */
  constructor(private readonly roots: ReadonlyMap<number, PciBus>) {}

  /** The function at a bus, device and function number, if bridges lead there. */
  find(bus: number, device: number, fn: number): ConfigSpace | undefined {
    return this.#bus(bus)?.find((each) => each.device === device && each.fn === fn)?.config;
  }

  /** The bus, device and function number of a function, as buses are numbered now. */
  addressOf(config: ConfigSpace): PciAddress | undefined {
    const search = (bus: number, functions: PciBus): PciAddress | undefined => {
      for (const { device, fn, config: each, behind } of functions) {
        if (each === config) return { bus, device, function: fn };
        const below = behind && search(BusNumbers.decode(each.read32(CONFIG.busNumbers)).secondary, behind);
        if (below) return below;
      }
      return undefined;
    };
    return [...this.roots].map(([bus, functions]) => search(bus, functions)).find((address) => address);
  }

  /** All functions, in no particular order. */
  functions(buses: Iterable<PciBus> = this.roots.values()): PciFunction[] {
    return [...buses].flatMap((bus) =>
      bus.flatMap((each) => [each, ...(each.behind ? this.functions([each.behind]) : [])]),
    );
  }

  /** The BARs that software has placed. A bridge's own windows are not modelled: what is placed answers. */
  mappings(): Mapping[] {
    return this.functions().flatMap(({ config }) => config.mappings());
  }

  #bus(number: number): PciBus | undefined {
    const root = this.roots.get(number);
    if (root || number === 0) return root;
    for (const functions of this.roots.values()) {
      const found = behind(functions, number);
      if (found) return found;
    }
    return undefined;
  }
}

/** The bus of that number behind one of `functions`: a bridge forwards the numbers from its secondary to its subordinate bus. */
function behind(functions: PciBus, number: number): PciBus | undefined {
  for (const each of functions) {
    if (!each.behind) continue;
    const { secondary, subordinate } = BusNumbers.decode(each.config.read32(CONFIG.busNumbers));
    if (secondary === number) return each.behind;
    if (secondary < number && number <= subordinate) return behind(each.behind, number);
  }
  return undefined;
}

/** ECAM: configuration space as memory. */
export class Ecam implements Responder {
  readonly widest = 4;

  constructor(private readonly fabric: PciFabric) {}

  read(offset: bigint, length: number): Uint8Array {
    return this.#at(offset)?.read(Number(offset & 0xfffn), length) ?? new Uint8Array(length).fill(0xff);
  }

  write(offset: bigint, bytes: Uint8Array): void {
    this.#at(offset)?.write(Number(offset & 0xfffn), bytes);
  }

  #at(offset: bigint): ConfigSpace | undefined {
    const at = Number(offset);
    return this.fabric.find(at >>> 20, (at >>> 15) & 0x1f, (at >>> 12) & 7);
  }
}
