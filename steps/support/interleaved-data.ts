import { expect } from 'expect';
import { hex, type Range } from '../../src/codec/range';
import type { DecoderBench } from '../../src/machine/decoder-bench';
import type { Operator } from '../../src/machine/operator';
import type { FixedWindow } from '../../src/machine/topology';
import { differingBytes } from './assertions';

/** How much is stored on each side of a boundary. */
const SIDE = 16n;

/** Of each device's capacity, what is shared. */
const PART = 256n << 20n;

/** What was stored where, counted from the base of the range. */
interface Piece {
  readonly offset: bigint;
  readonly data: Uint8Array;
}

/** What is needed of the world. */
interface Machine {
  readonly windows: readonly FixedWindow[];
  bench(): Promise<DecoderBench>;
  serialOf(id: string): bigint;
}

/** Data in a range that devices share in turns. */
export class InterleavedData {
  readonly #pieces: Piece[] = [];

  private constructor(
    private readonly range: Range,
    private readonly devices: readonly string[],
    private readonly granularity: bigint,
  ) {}

  /** Of 256M of each device, in the order of their turns, through the window with those host bridges and turns. */
  static async share(world: Machine, devices: readonly string[], hostBridges: readonly string[], granularity: bigint) {
    const window = world.windows.findIndex(
      (each) =>
        `${each.targets}` === `${hostBridges}` &&
        (hostBridges.length === 1 || BigInt(each.granularity) === granularity),
    );
    const range = await (await world.bench()).interleave({
      window,
      devices: devices.map((id) => world.serialOf(id)),
      granularity: Number(granularity),
      size: PART * BigInt(devices.length),
    });
    return new InterleavedData(range, devices, granularity);
  }

  /**
   * In the first two rounds, in the last two, and where all have come half way: across each boundary of turns with one
   * access, and in the middle of each turn.
   */
  async store(bench: DecoderBench, draw: (size: number) => Uint8Array): Promise<void> {
    const rounds = 2 * this.devices.length;
    const turns = Number(this.range.size / this.granularity);
    for (const from of [0, turns / 2 - this.devices.length, turns - rounds]) {
      for (let turn = from; turn <= from + rounds; turn++) {
        const at = BigInt(turn) * this.granularity;
        await this.#keep(bench, draw, turn > 0 ? at - SIDE : at, turn < turns ? at + SIDE : at);
        if (turn < turns) await this.#keep(bench, draw, at + this.granularity / 2n, at + this.granularity / 2n + SIDE);
      }
    }
  }

  async #keep(bench: DecoderBench, draw: (size: number) => Uint8Array, from: bigint, to: bigint): Promise<void> {
    const data = draw(Number(to - from));
    await bench.store(this.range.base + from, data);
    const inside = Number(this.granularity - (from % this.granularity)); // as far as the turn goes that it begins in
    this.#pieces.push({ offset: from, data: data.subarray(0, inside) });
    if (inside < data.length) this.#pieces.push({ offset: from + BigInt(inside), data: data.subarray(inside) });
  }

  /** Asserts that the addresses yield all of it. */
  async expectYielded(bench: DecoderBench): Promise<void> {
    await this.#expect(async ({ offset, data }) => ({
      where: `data at offset ${hex(offset)}`,
      found: await bench.load(this.range.base + offset, data.length),
    }));
  }

  /** Asserts that each piece is where it belongs on media: turn n belongs to device n modulo their number. */
  async expectOnMedia(operator: Operator): Promise<void> {
    const ways = BigInt(this.devices.length);
    await this.#expect(async ({ offset, data }) => {
      const turn = offset / this.granularity;
      const device = `${this.devices[Number(turn % ways)]}`;
      const dpa = (turn / ways) * this.granularity + (offset % this.granularity);
      return {
        where: `media of ${device} at DPA ${hex(dpa)}`,
        found: await operator.readMedia(device, dpa, data.length),
      };
    });
  }

  async #expect(look: (piece: Piece) => Promise<{ where: string; found: Uint8Array }>): Promise<void> {
    const seen = await Promise.all(
      this.#pieces.map(async (piece) => {
        const { where, found } = await look(piece);
        return differingBytes(where, found, piece.data);
      }),
    );
    const all = (side: 'found' | 'expected') => Object.assign({}, ...seen.map((each) => each[side]));
    expect(all('found')).toEqual(all('expected'));
  }
}
