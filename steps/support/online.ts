/** Memory that is online on a NUMA node. */
import { expect } from 'expect';
import { bytes } from './parameter-types';
import { theRegion } from './the-region';
import type { CxlWorld } from './world';

export interface Online {
  /** Undefined for some, however much. */
  readonly size: bigint | undefined;
  readonly ofRegion: boolean;
}

/** `no memory`, `512M of memory`, `512M of the region's memory`, `the region's memory`. */
export function onlineIn(text: string): Online {
  const [, size] = /^(\w+) of /.exec(text) ?? [];
  if (text === 'no memory') return { size: 0n, ofRegion: false };
  return { size: size === undefined ? undefined : bytes(size), ofRegion: text.endsWith("the region's memory") };
}

export async function expectOnline(world: CxlWorld, { size, ofRegion }: Online, node: number): Promise<void> {
  if (ofRegion) await expectRegionOnline(world, size, node);
  if (size === undefined) return;
  const what = `memory online on node ${node}`;
  const found = (await (await world.host()).nodes()).find(({ id }) => id === node)?.memory;
  expect({ [what]: found ?? (size === 0n ? 0n : 'no such node') }).toEqual({ [what]: size });
}

/** By the region's dax device, which is system RAM. */
async function expectRegionOnline(world: CxlWorld, size: bigint | undefined, node: number): Promise<void> {
  const { name } = await theRegion(world);
  const devices = (await (await world.host()).daxDevices()).filter(({ region }) => region === name);
  const wanted = { mode: 'system-ram', node, ...(size !== undefined && { online: size }) };
  expect({ 'dax devices of the region': devices }).toMatchObject({ 'dax devices of the region': [wanted] });
  const online = devices.some((device) => device.online > 0n) ? 'some' : 'none';
  expect({ 'online memory of the region': online }).toEqual({ 'online memory of the region': 'some' });
}
