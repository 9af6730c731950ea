/** A region, and what the kernel lets be done to it, in the order of its checks: Linux drivers/cxl/core/region.c. */

import type { Interleave } from '../codec/cxl/interleave';
import type { Range } from '../codec/range';
import type { Programming } from '../driver/hdm-decoders';
import type { Linux } from '../ledger/linux';
import type { Quirks } from '../ledger/quirks';
import { Errno, type ErrnoName, STRERROR } from '../machine/errno';
import type { Region, RegionType } from '../machine/host';
import type { DpaAllocation } from './dpa';
import type { Port } from './port';
import { COARSEST_GRANULARITY, portTurns, type Turns } from './port-targets';
import { ResourceNode } from './resources';
import type { Endpoint, Window } from './topology';

/** What a region's size counts in, per way. */
const REGION_ALIGN = 256n << 20n;

/** A device's part in a region. */
export interface Target {
  readonly endpoint: Endpoint;
  readonly allocation: DpaAllocation;
}

const errno = (code: ErrnoName): Errno => new Errno(code, STRERROR[code]);

/** All its methods throw Errno for what Linux refuses, and then have changed nothing. */
export class CxlRegion {
  readonly #targets = new Map<number, Target>();
  #turns: ReadonlyMap<Port, Turns> = new Map();
  #ways = 0;
  #granularity = 0;
  #resource: ResourceNode | undefined;
  #enabled = false;

  constructor(
    readonly name: string,
    readonly type: RegionType,
    private readonly window: Window,
    private readonly linux: Linux,
    private readonly quirks: Quirks,
  ) {}

  describe(): Region {
    const { base, size } = this.#range();
    const interleave = { ways: this.#ways, granularity: this.#granularity };
    const devices = this.#inOrder().map(({ endpoint }) => endpoint.memdev.serial);
    const state = this.#enabled ? 'enabled' : 'disabled';
    return { name: this.name, type: this.type, base, size, ...interleave, state, devices };
  }

  /** In interleave order. */
  get endpoints(): Endpoint[] {
    return this.#inOrder().map(({ endpoint }) => endpoint);
  }

  /** How many devices the region is to have, and how many bytes of each in a row. */
  interleave(ways: number, granularity: number): void {
    const { targets, granularity: rootGranularity } = this.window.cfmws;
    if (targets.length > 1 && granularity !== rootGranularity) throw errno('EINVAL');
    if (granularity * targets.length > COARSEST_GRANULARITY) this.linux.need('turnsOfEveryPort', 'refuse long turns');
    if (!isPowerOf2(ways / targets.length)) throw errno('EINVAL');
    this.#ways = ways;
    this.#granularity = granularity;
  }

  /** Has the addresses that firmware has given it. */
  claim(range: Range, { ways, granularity }: Interleave): void {
    this.#ways = ways;
    this.#granularity = granularity;
    this.#resource = new ResourceNode(this.name, range.base, range.size);
    this.window.resource.insert(this.#resource);
  }

  /** Has capacity at that position that firmware has committed; with the last one it is complete. */
  adopt(position: number, target: Target): void {
    this.#targets.set(position, target);
    if (this.#targets.size === this.#ways) this.enable();
  }

  /** Takes addresses: the lowest that are free. */
  resize(size: bigint): void {
    const unit = REGION_ALIGN * BigInt(this.#ways);
    if (size === 0n || (size % unit !== 0n && !this.quirks.has('region-size-unchecked'))) throw errno('EINVAL');
    const { cfmws, resource } = this.window;
    const step = this.linux.has('regionsAtEveryAlignedAddress') ? REGION_ALIGN : size;
    const anywhere = { base: cfmws.window.base, size };
    const hole = this.quirks.has('hpa-allocated-over-reserved') ? anywhere : resource.free(size, REGION_ALIGN, step);
    if (!hole) throw errno('ERANGE');
    this.#resource = new ResourceNode(this.name, hole.base, hole.size);
    resource.insert(this.#resource);
  }

  /** Gives a position to a device's capacity; the last one settles how the ports above interleave. */
  setTarget(position: number, target: Target): void {
    const { uid, path, memdev } = target.endpoint;
    const { targets } = this.window.cfmws;
    if (!targets.includes(uid)) throw errno('ENXIO');
    if (target.allocation.size * BigInt(this.#ways) !== this.#range().size) throw errno('EINVAL');
    if ([...this.#targets.values()].some(({ endpoint }) => endpoint.memdev === memdev)) throw errno('EBUSY');
    const inTurn = targets[position % targets.length] === uid;
    if (!inTurn && !this.quirks.has('target-order-unchecked')) throw errno('ENXIO');
    this.#targets.set(position, target);
    try {
      for (const { port } of [...path].reverse()) port.attach(this.name, this.#range().base);
      if (this.#targets.size === this.#ways) this.#settleTurns();
    } catch (error) {
      this.clearTarget(position);
      throw error;
    }
  }

  #settleTurns(): void {
    const paths = this.#inOrder().map(({ endpoint }) => endpoint.path);
    const window = { ways: this.window.cfmws.targets.length, granularity: this.#granularity };
    this.#turns = portTurns(paths, window, {
      ordered: !this.quirks.has('target-order-unchecked'),
      forgotten: !this.linux.has('turnsOfEveryPort') || this.quirks.has('turns-of-sole-port-forgotten'),
    });
  }

  /** Device by device, from the endpoint up. What has been committed is reset if another is not. */
  async commit(): Promise<void> {
    try {
      await this.#commitAll();
    } catch (error) {
      await this.reset();
      throw error;
    }
  }

  async #commitAll(): Promise<void> {
    for (const { endpoint, allocation } of this.#inOrder()) {
      const { decoders, dpa, path } = endpoint;
      const interleave = { ways: this.#ways, granularity: this.#granularity };
      const programming = { range: this.#range(), ...interleave, skip: allocation.skip };
      const result = await decoders.commit(dpa.indexOf(allocation), programming);
      if (result !== 'committed') throw errno(result);
      for (const { port } of [...path].reverse()) await port.commit(this.name, this.#programmingOf(port));
    }
  }

  async reset(): Promise<void> {
    await this.#resetDecoders();
    this.#enabled = false;
    this.#emptyResource();
  }

  /** One of its devices leaves. What is in use of its memory stays a resource until the next boot: cxl_decoder_kill_region(). */
  async abandon(): Promise<void> {
    await this.#resetDecoders();
    for (let position = 0; position < this.#ways; position++) {
      const target = this.clearTarget(position);
      target?.endpoint.dpa.free(target.allocation);
    }
    if (!this.hasDax || this.quirks.has('memory-in-use-forgotten')) this.#emptyResource();
    this.#enabled = false;
  }

  /** Device by device from the last to the first, from the host bridge down. */
  async #resetDecoders(): Promise<void> {
    for (const { endpoint, allocation } of this.#inOrder().reverse()) {
      for (const { port } of endpoint.path) await port.reset(this.name);
      await endpoint.decoders.reset(endpoint.dpa.indexOf(allocation));
    }
  }

  /** Yields what held the position. */
  clearTarget(position: number): Target | undefined {
    const target = this.#targets.get(position);
    this.#targets.delete(position);
    const used = new Set(this.#inOrder().flatMap(({ endpoint }) => endpoint.path.map(({ port }) => port)));
    for (const { port } of target?.endpoint.path ?? []) if (!used.has(port)) port.detach(this.name);
    return target;
  }

  /** Gives the addresses back. */
  remove(): void {
    if (this.#resource) this.window.resource.clear(this.#resource);
    this.#resource = undefined;
  }

  /** Binds the driver of its type, which takes its memory: around a persistent region, inside a volatile one. */
  enable(): void {
    this.#enabled = true;
    const resource = this.#resource;
    if (!resource) return;
    const extent = extentOf(resource);
    if (this.type === 'pmem') this.window.resource.insert(new ResourceNode('Persistent Memory', ...extent));
    for (const name of this.hasDax ? [daxName(this.name), 'System RAM (kmem)'] : []) {
      innermost(resource).insert(new ResourceNode(name, ...extent));
    }
  }

  /** Whether its memory has a dax device. cxl_region_probe() leaves alone what has been System RAM since boot. */
  get hasDax(): boolean {
    const sinceBoot = this.#resource?.children.some(({ name }) => name === 'System RAM');
    return this.type === 'ram' && this.#enabled && !sinceBoot;
  }

  #range(): Range {
    return this.#resource ?? { base: 0n, size: 0n };
  }

  #inOrder = (): Target[] => [...this.#targets].sort(([a], [b]) => a - b).map(([, target]) => target);

  #programmingOf(port: Port): Programming {
    const turns = this.#turns.get(port);
    if (!turns) throw new Error(`${port.name} is above no device of ${this.name}`);
    return { range: this.#range(), ...turns };
  }

  /** By one with nothing inside. */
  #emptyResource(): void {
    if (!this.#resource) return;
    this.window.resource.clear(this.#resource);
    this.#resource = new ResourceNode(this.name, ...extentOf(this.#resource));
    this.window.resource.insert(this.#resource);
  }
}

/** A region's dax device has the region's number. */
export const daxName = (region: string): string => `${region.replace('region', 'dax')}.0`;

const extentOf = ({ base, size }: Range): [bigint, bigint] => [base, size];

const isPowerOf2 = (n: number): boolean => n >= 1 && Number.isInteger(Math.log2(n));

const innermost = (node: ResourceNode): ResourceNode => (node.children[0] ? innermost(node.children[0]) : node);
