/** A real Linux that others use as well: what is theirs is neither shown nor touched. */

import { overlap } from '../codec/range';
import { OutOfReach } from '../ledger/verdict';
import type { HdmDecoder, Host, RegionRequest, Resource, RootDecoder } from '../machine/host';
import { isNamed } from '../machine/named-memdev';
import type { LinuxHost } from './linux-host';
import { type OwnedRegion, regionOwners } from './region-owners';

/** `linux` as it would be without the regions that somebody has created since the machine was started. */
export async function withoutOthers(linux: LinuxHost): Promise<Host> {
  const theirs = async () => (await regionOwners(linux)).filter(({ owner }) => owner === 'user');
  const hidden = async () => (await theirs()).map(({ name }) => name);
  const firmwareDecoders = await ofFirmware(linux, await linux.decodersBut(await hidden()));
  const daxDevices = async () => {
    const names = await hidden();
    return (await linux.daxDevices()).filter(({ region }) => !names.includes(region));
  };
  return overlay(linux, {
    firmwareDecoders: async () => firmwareDecoders,
    decoders: async () => linux.decodersBut(await hidden()),
    regions: async () => {
      const names = await hidden();
      return (await linux.regions()).filter(({ name }) => !names.includes(name));
    },
    daxDevices,
    resources: async () => prune(await linux.resources(), await hidden()),
    rootDecoders: async () => {
      const regions = await theirs();
      return (await linux.rootDecoders()).map((decoder) => withExtentOf(decoder, regions));
    },
    nodes: async () => {
      const names = await hidden();
      const online = (await linux.daxDevices()).find(({ region, mode }) => names.includes(region) && mode !== 'devdax');
      if (online) throw occupied(`${online.name} of ${online.region}`, `node ${online.node}`);
      return linux.nodes();
    },
    createRegion: async (request) => {
      await needFree(linux, request, await theirs());
      return linux.createRegion(request);
    },
    ...onOwnRegions(linux),
  });
}

/** Without a port's that maps what no endpoint does and no table describes: a region that was destroyed has left it committed. */
async function ofFirmware(linux: LinuxHost, decoders: readonly HdmDecoder[]): Promise<HdmDecoder[]> {
  const known = [...(await linux.memoryMap()), ...decoders.filter((each) => each.of === 'endpoint')];
  return decoders.filter((each) => known.some((range) => overlap(range, each)));
}

type OnRegion = 'destroyRegion' | 'useAsSystemRam' | 'storeInRegion' | 'loadFromRegion';

function onOwnRegions(linux: LinuxHost): Pick<Host, OnRegion> {
  const needOwn = async (name: string) => {
    const found = (await regionOwners(linux)).find((region) => region.name === name);
    if (found && found.owner !== 'run') throw new OutOfReach(`${name} was not created by the run`);
  };
  return {
    destroyRegion: async (name) => {
      await needOwn(name);
      await linux.destroyRegion(name);
    },
    useAsSystemRam: async () => {
      throw new OutOfReach("system RAM overwrites what persistent memory holds, and that may be somebody else's");
    },
    storeInRegion: async (name, bytes) => {
      await needOwn(name);
      await linux.storeInRegion(name, bytes);
    },
    loadFromRegion: async (name, length) => {
      await needOwn(name);
      return linux.loadFromRegion(name, length);
    },
  };
}

const occupied = (what: string, by: string): OutOfReach =>
  new OutOfReach(`${what}, which the run has not made, occupies ${by}`);

/**
 * A host bridge counts as a whole: its decoders are committed in the order of their addresses, and released in the reverse
 * one. @throws OutOfReach if somebody's region has anything that this one needs
 */
async function needFree(linux: LinuxHost, { decoder, devices }: RegionRequest, theirs: readonly OwnedRegion[]) {
  if (theirs.length === 0) return;
  const memdevs = (await linux.memdevs()).filter((memdev) => devices.some((name) => isNamed(memdev, name)));
  const bridges = await bridgesOf(
    linux,
    memdevs.map(({ name }) => name),
  );
  for (const region of theirs) {
    const has = [
      ...[region.decoder].filter((each) => each === decoder),
      ...region.memdevs.filter((each) => memdevs.some(({ name }) => name === each)),
      ...new Set(region.bridges.filter((each) => bridges.includes(each))),
    ];
    if (has.length > 0) throw occupied(region.name, has.join(', '));
  }
}

/** The root buses above memdevs: `pci0000:0c`. */
async function bridgesOf(linux: LinuxHost, memdevs: readonly string[]): Promise<string[]> {
  const paths = memdevs.map((name) => `/sys/bus/cxl/devices/${name}`);
  const { stdout } = await linux.shell.run(`readlink -f ${paths.join(' ')} | cut -d / -f 4`);
  return `${stdout}`.split('\n').filter(Boolean);
}

const prune = (resources: readonly Resource[], names: readonly string[]): Resource[] =>
  resources
    .filter(({ name }) => !names.includes(name))
    .map((resource) => ({ ...resource, children: prune(resource.children, names) }));

/** How much of a window is left beside somebody's region says nothing: whoever asks for it is told so. */
function withExtentOf(decoder: RootDecoder, theirs: readonly OwnedRegion[]): RootDecoder {
  const region = theirs.find((each) => each.decoder === decoder.name);
  if (!region) return decoder;
  return Object.defineProperty({ ...decoder }, 'maxAvailableExtent', {
    enumerable: true,
    get: () => {
      throw occupied(region.name, decoder.name);
    },
  });
}

/** `host` with some methods of another. */
function overlay(host: Host, methods: Partial<Host>): Host {
  return new Proxy(host, {
    get(target, name) {
      const member = Reflect.get(methods, name) ?? Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
