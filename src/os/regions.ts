/** The regions that there are, and the memory that is online of those whose device was removed. */
import type { Range } from '../codec/range';
import type { Quirks } from '../ledger/quirks';
import { Errno, STRERROR } from '../machine/errno';
import type { Region } from '../machine/host';
import { devdaxOf, memoryBlocks } from './dax';
import { type CxlRegion, daxName } from './region';

/** A dax device whose memory is system RAM. */
interface DaxMemory {
  /** The name of its region. */
  readonly region: string;
  readonly device: Range;
  readonly ram: Range;
}

export class Regions {
  readonly #regions: CxlRegion[] = [];
  /** Names of persistent regions that have become system RAM. */
  readonly #converted = new Set<string>();
  /** Names of regions whose device was removed, with what is still online of their memory. */
  readonly #abandoned = new Map<string, Range | undefined>();

  constructor(private readonly quirks: Quirks) {}

  describe(): Region[] {
    return this.#regions.map((region) => region.describe());
  }

  add(...regions: CxlRegion[]): void {
    this.#regions.push(...regions);
  }

  /** @throws Errno ENODEV */
  named(name: string): CxlRegion {
    const region = this.#regions.find((each) => each.name === name);
    if (!region) throw new Errno('ENODEV', `cxl region: ${name}: ${STRERROR.ENODEV}`);
    return region;
  }

  freeName(): string {
    const taken = new Set([...this.#regions.map(({ name }) => name), ...this.#abandoned.keys()]);
    let id = 0;
    while (taken.has(`region${id}`)) id++;
    return `region${id}`;
  }

  convert(name: string): void {
    this.#converted.add(name);
  }

  /** Of a region that was destroyed. */
  remove(region: CxlRegion): void {
    this.#converted.delete(region.name);
    if (!this.quirks.has('destroyed-region-listed')) this.#regions.splice(this.#regions.indexOf(region), 1);
  }

  /** Dax devices whose memory is system RAM: those of volatile regions, and of those that were converted. */
  dax(): DaxMemory[] {
    return this.#regions
      .filter(({ name, hasDax }) => hasDax || this.#converted.has(name))
      .map((each) => {
        const region = each.describe();
        const device = region.type === 'pmem' ? devdaxOf(region) : region;
        return { region: region.name, device, ram: memoryBlocks(device) };
      });
  }

  /** Memory of regions that is online. */
  ram(): Range[] {
    const abandoned = [...this.#abandoned.values()].filter((memory) => memory !== undefined);
    return [...this.dax().map(({ ram }) => ram), ...abandoned];
  }

  /** No tool lists those on the device any more; memory of theirs that is online stays so. Yields lines of the log. */
  async abandon(serial: bigint | undefined): Promise<string[]> {
    const log: string[] = [];
    for (const region of this.#regions.filter((each) => each.describe().devices.some((device) => device === serial))) {
      const memory = this.dax().find((dax) => dax.region === region.name);
      await region.abandon();
      this.#regions.splice(this.#regions.indexOf(region), 1);
      this.#abandoned.set(region.name, this.quirks.has('memory-in-use-forgotten') ? undefined : memory?.ram);
      if (memory) log.push(`kmem ${daxName(region.name)}: cannot be hotremoved until the next reboot`);
    }
    return log;
  }
}
