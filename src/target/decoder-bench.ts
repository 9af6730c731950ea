/** HDM decoders as somebody programs them by hand, below any operating system. */
import { decodeCedt } from '../codec/acpi/cedt';
import { findTable } from '../codec/acpi/find-table';
import { decodeMcfg } from '../codec/acpi/mcfg';
import { DecodeError } from '../codec/decode-error';
import { hex, type Range, showRange } from '../codec/range';
import { type CxlEndpoint, type CxlRouter, walkCxl } from '../firmware/cxl-walk';
import { NotApplicable } from '../ledger/verdict';
import type { CommitTrial, DecoderBench, DecoderBlock, DecoderOwner, InterleaveSet } from '../machine/decoder-bench';
import { STRERROR } from '../machine/errno';
import type { Hardware, Hpa } from '../machine/hardware';
import { portTurns } from '../os/port-targets';

type HdmDecoders = CxlEndpoint['decoders'];

/** A decoder maps multiples of this, and no device has less. */
const LEAST = 256n << 20n;

export class HardwareBench implements DecoderBench {
  /** And whether they were enabled before. */
  readonly #touched = new Map<HdmDecoders, boolean>();
  #devices: Promise<readonly CxlEndpoint[]> | undefined;

  /** Decoders are to be found from the tables at `rsdp`. */
  constructor(
    private readonly hardware: Hardware,
    private readonly rsdp: Hpa,
  ) {}

  async block(owner: DecoderOwner): Promise<DecoderBlock | undefined> {
    const decoders = await this.#decodersOf(owner);
    if (!decoders) return undefined;
    await this.#touch(decoders);
    const after = async (action: Promise<void>, n: number) => action.then(() => decoders.state(n));
    return {
      count: decoders.count,
      interleaves: (ways) => decoders.interleaves(ways),
      commit: (n, settings) => after(decoders.program(n, settings), n),
      uncommit: (n) => after(decoders.clearCommit(n), n),
      state: (n) => decoders.state(n),
      enable: (enabled) => decoders.enable(enabled),
    };
  }

  async interleave({ window, devices: serials, granularity, size }: InterleaveSet): Promise<Range> {
    const { targets, window: range } = await this.#window(window);
    const devices = await Promise.all(serials.map((serial) => this.#device(serial)));
    const ways = devices.length;
    const base = ((range.base + range.size / 2n) / size) * size;
    const paths = devices.map(({ path }) => path.map(({ router, below }) => ({ port: router, below })));
    const turns = portTurns(paths, { ways: targets.length, granularity });
    for (const { decoders, serial } of devices) {
      if (!decoders.interleaves(ways))
        throw new NotApplicable(`device ${serial} says that it does not do ${ways} ways`);
      await this.#commit(decoders, { range: { base, size }, ways, granularity });
    }
    for (const [router, turn] of turns) {
      const targets = [...turn.targets];
      for (const [position, { path }] of devices.entries()) {
        const below = path.find((hop) => hop.router === router)?.below;
        const index = Math.floor((position * granularity) / turn.granularity) % turn.ways;
        if (below !== undefined) targets[index] = below;
      }
      if (router.decoders) await this.#commit(router.decoders, { range: { base, size }, ...turn, targets });
    }
    return { base, size };
  }

  async lead(n: number, serial: bigint): Promise<void> {
    const range = await this.window(n);
    for (const { router, below } of (await this.#device(serial)).path) {
      const programming = { range, ways: 1, granularity: 256, targets: [below] };
      if (router.decoders) await this.#commit(router.decoders, programming);
    }
  }

  async switchCdat(device: bigint): Promise<Uint8Array> {
    const table = await routerAbove(await this.#device(device)).cdat?.();
    if (!table) throw new DecodeError(`the switch above device ${device}`, 'has no CDAT');
    return table;
  }

  async commitEach(): Promise<CommitTrial[]> {
    const windows = decodeCedt(await this.#table('CEDT')).flatMap((each) => (each.kind === 'CFMWS' ? [each] : []));
    const trials: CommitTrial[] = [];
    const tried = new Set<HdmDecoders>();
    for (const [n, { bridge, path, decoders }] of (await this.#all()).entries()) {
      const window = windows.find(({ targets }) => targets.includes(bridge.uid))?.window;
      if (!window) continue;
      const name = `device ${n} of host bridge ${bridge.uid}`;
      const above = path.map(({ router, below }) => ({
        of: router === bridge ? `host bridge ${bridge.uid}` : `switch above ${name}`,
        targets: [below],
        decoders: router.decoders,
      }));
      for (const { decoders: block, ...each } of [...above, { of: name, decoders, targets: undefined }]) {
        if (block && !tried.has(block))
          trials.push(await this.#tryOut(block, { base: window.base, size: LEAST }, each));
        if (block) tried.add(block);
      }
    }
    return trials;
  }

  async #tryOut(
    decoders: HdmDecoders,
    range: Range,
    { of, targets }: { readonly of: string; readonly targets: readonly number[] | undefined },
  ): Promise<CommitTrial> {
    await this.#touch(decoders);
    await decoders.enable();
    await decoders.commit(0, { range, ways: 1, granularity: 256, ...(targets && { targets }) });
    const committed = await decoders.state(0);
    await decoders.clearCommit(0);
    return { of, committed, released: await decoders.state(0) };
  }

  window = async (n: number): Promise<Range> => (await this.#window(n)).window;

  store = (address: Hpa, bytes: Uint8Array): Promise<void> => this.hardware.writeBlock(address, bytes);
  load = (address: Hpa, length: number): Promise<Uint8Array> => this.hardware.readBlock(address, length);

  /** Whether decoders may be others than firmware has left. */
  get used(): boolean {
    return this.#touched.size > 0;
  }

  /** Resets what has been programmed. False if something stays committed. */
  async undo(): Promise<boolean> {
    for (const [decoders, enabled] of this.#touched) {
      for (let n = decoders.count - 1; n >= 0; n--) {
        await decoders.clear(n);
        if ((await decoders.state(n)).committed) return false;
      }
      await decoders.enable(enabled);
    }
    this.#touched.clear();
    return true;
  }

  /** Whether what has been programmed is as it was before. */
  async isUndone(): Promise<boolean> {
    for (const [decoders, enabled] of this.#touched) {
      for (let n = 0; n < decoders.count; n++) if ((await decoders.state(n)).committed) return false;
      if ((await decoders.isEnabled()) !== enabled) return false;
    }
    return true;
  }

  async #touch(decoders: HdmDecoders): Promise<void> {
    if (!this.#touched.has(decoders)) this.#touched.set(decoders, await decoders.isEnabled());
  }

  async #commit(decoders: HdmDecoders, programming: Parameters<HdmDecoders['commit']>[1]): Promise<void> {
    await this.#touch(decoders);
    await decoders.enable();
    const result = await decoders.commit(0, programming);
    if (result !== 'committed') {
      const { range, ways, granularity } = programming;
      const wanted = `${showRange(range)}, ${ways} ways of ${granularity} bytes`;
      throw new DecodeError(
        `HDM decoder 0 at ${hex(decoders.base)}`,
        `does not commit to ${wanted}: ${STRERROR[result]}`,
      );
    }
  }

  async #decodersOf(owner: DecoderOwner): Promise<HdmDecoders | undefined> {
    if ('device' in owner) return (await this.#device(owner.device)).decoders;
    if ('switchAbove' in owner) return routerAbove(await this.#device(owner.switchAbove)).decoders;
    const devices = await this.#all();
    return devices.find(({ bridge }) => bridge.uid === owner.hostBridge)?.bridge.decoders;
  }

  async #device(serial: bigint): Promise<CxlEndpoint> {
    const found = (await this.#all()).find((device) => device.serial === serial);
    if (!found) throw new RangeError(`no device has the serial number ${serial}`);
    return found;
  }

  #all(): Promise<readonly CxlEndpoint[]> {
    this.#devices ??= this.#walk();
    return this.#devices;
  }

  async #walk(): Promise<readonly CxlEndpoint[]> {
    return walkCxl(this.hardware, decodeMcfg(await this.#table('MCFG')).base, decodeCedt(await this.#table('CEDT')));
  }

  async #window(n: number) {
    const found = decodeCedt(await this.#table('CEDT')).filter((structure) => structure.kind === 'CFMWS')[n];
    if (!found) throw new RangeError(`the CEDT has no window ${n}`);
    return found;
  }

  #table = (signature: string): Promise<Uint8Array> =>
    findTable(this.hardware.readBlock.bind(this.hardware), this.rsdp, signature);
}

function routerAbove({ path }: CxlEndpoint): CxlRouter {
  const last = path.at(-1);
  if (!last || path.length < 2) throw new RangeError('the device is behind no switch');
  return last.router;
}
