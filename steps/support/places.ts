/** Where a scenario stores data, and loads them again. */
import { hex } from '../../src/codec/range';
import { regionNumber } from './ordinals';
import { bytes } from './parameter-types';
import { theRegion } from './the-region';
import type { CxlWorld } from './world';

export interface Place {
  /** In failures. */
  readonly name: string;
  /** The region that it is, if it is one. */
  readonly region?: string;
  store(data: Uint8Array): Promise<void>;
  /** Past any cache. */
  load(length: number): Promise<Uint8Array>;
}

export type PlaceOf = (world: CxlWorld) => Promise<Place>;

/** `the second region`, `the addresses of the region`, `node 1`, `256M of window 0`. */
export function placeNamed(text: string): PlaceOf {
  const [, node] = /^node (\d+)$/.exec(text) ?? [];
  if (node) return (world) => onNode(world, Number(node));
  const [, offset, window] = /^(\w+) of window (\d+)$/.exec(text) ?? [];
  if (offset) return (world) => inWindow(world, bytes(offset), Number(window));
  const which = regionNumber(text.replace('the addresses of ', ''));
  return (world) => (text.startsWith('the addresses') ? atAddresses(world, which) : inRegion(world, which));
}

async function inRegion(world: CxlWorld, which: number): Promise<Place> {
  const [host, { name }] = [await world.host(), await theRegion(world, which)];
  return {
    name: 'the region',
    region: name,
    store: (data) => host.storeInRegion(name, data),
    load: (length) => host.loadFromRegion(name, length),
  };
}

async function onNode(world: CxlWorld, node: number): Promise<Place> {
  const host = await world.host();
  return {
    name: `node ${node}`,
    store: (data) => host.storeOnNode(node, data),
    load: (length) => host.loadFromNode(node, length),
  };
}

async function inWindow(world: CxlWorld, offset: bigint, n: number): Promise<Place> {
  const bench = await world.bench();
  const address = (await bench.window(n)).base + offset;
  return {
    name: `${hex(offset)} of window ${n}`,
    store: (data) => bench.store(address, data),
    load: (length) => bench.load(address, length),
  };
}

/** Where a region is, or was until the scenario destroyed it, seen from outside the machine. */
async function atAddresses(world: CxlWorld, which: number): Promise<Place> {
  const operator = await world.operator();
  const name = world.regionNames.at(which);
  const region = (await (await world.host()).regions()).find((each) => each.name === name);
  return {
    name: 'the addresses of the region',
    store: () => Promise.reject(new Error('data are stored in a region, not at its addresses')),
    load: (length) => operator.readMemory(region?.base ?? world.destroyedAt, length),
  };
}
