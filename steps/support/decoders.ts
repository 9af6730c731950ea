/** Whose HDM decoders are committed. */
import type { HdmDecoder } from '../../src/machine/host';
import { ids } from './parameter-types';
import type { CxlWorld } from './world';

/** What a host calls the owners where it names decoders; sorted. */
export type OwnersOf = (world: CxlWorld) => Promise<string[]>;

/** `no decoder`, or `one decoder of each of cxl.1, vmem0`: host bridges and devices. */
export const decodersOf = (text: string): OwnersOf => {
  const owners = text === 'no decoder' ? [] : ids(text.replace('one decoder of each of ', ''));
  return async (world) => {
    const memdevs = await (await world.host()).memdevs();
    const names = owners.map((id) => {
      if (world.hostBridges.some((bridge) => bridge.id === id)) return `host bridge ${world.uidOf(id)}`;
      return `${memdevs.find(({ serial }) => serial === world.serialOf(id))?.host}`;
    });
    return names.sort();
  };
};

/** Whose `decoders` they are; sorted. */
export const ownersIn = (decoders: readonly HdmDecoder[]): string[] =>
  decoders.map(({ name }) => name.replace(/^decoder \d+ of /, '')).sort();
