/** Whose regions there are: the run's, firmware's, or those that somebody has created since the machine was started. */
import { contains } from '../codec/range';
import type { LinuxHost } from './linux-host';

/** A region, and what it occupies. */
export interface OwnedRegion {
  readonly name: string;
  readonly owner: 'run' | 'firmware' | 'user';
  /** `decoder0.0`. */
  readonly decoder: string;
  readonly memdevs: readonly string[];
  /** `pci0000:0c`, by memdev. */
  readonly bridges: readonly string[];
}

/**
 * Prints a line for each region: name, inode, root decoder, uuid, and its memdevs, each with the root bus above it and the
 * inode of what a memdev has since its probe has ended.
 */
const LIST = `cd /sys/bus/cxl/devices 2>/dev/null || exit 0
for r in region*; do
  [ -e $r/ ] || continue
  path=$(readlink -f $r)
  uuid=$(cat $r/uuid 2>/dev/null)
  memdevs=$(for t in $r/target*; do
    [ -n "$(cat $t 2>/dev/null)" ] || continue
    m=$(basename $(readlink -f $(dirname $(readlink -f $(cat $t)))/uport))
    echo $m,$(readlink -f $m | cut -d / -f 4),$(stat -c %i $m/trigger_poison_list 2>/dev/null)
  done)
  echo $r $(stat -c %i $r/) $(basename $(dirname $path)) \${uuid:--} $memdevs
done`;

/** What {@link LIST} says of a region. */
export interface Listed {
  readonly name: string;
  readonly inode: number;
  readonly decoder: string;
  readonly uuid: string;
  readonly memdevs: readonly { readonly name: string; readonly bridge: string; readonly probed: number }[];
}

export const parseListed = (text: string): Listed[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [name = '', inode, decoder = '', uuid = '-', ...memdevs] = line.split(' ');
      const devices = memdevs.map((each) => {
        const [memdev = '', bridge = '', probed = ''] = each.split(',');
        return { name: memdev, bridge, probed: Number(probed) };
      });
      return { name, inode: Number(inode), decoder, uuid, memdevs: devices };
    });

const NO_UUID = /^[0-]+$/;

/**
 * Whether Linux has assembled a region of decoders that it found committed. Such a persistent region has no uuid, and any
 * other must have one. A volatile one has come before the probe of its memdevs has ended, and any other after it; inodes of
 * sysfs are given out in order. Undefined where that cannot be known, for a memdev without poison list has no such file.
 * Linux drivers/cxl/core/region.c: construct_region(), size_store(); drivers/cxl/mem.c: cxl_mem_groups.
 */
export function isAssembled({ uuid, inode, memdevs }: Listed): boolean | undefined {
  if (uuid !== '-') return NO_UUID.test(uuid);
  const probed = memdevs.map((memdev) => memdev.probed).filter((each) => each > 0);
  return probed.length > 0 ? probed.some((each) => inode < each) : undefined;
}

export async function regionOwners(host: LinuxHost): Promise<OwnedRegion[]> {
  const listed = parseListed(`${(await host.shell.run(LIST)).stdout}`);
  if (listed.length === 0) return [];
  const [made, described, regions] = await Promise.all([host.record?.regions(), host.memoryMap(), host.regions()]);
  const isDescribed = (name: string) => {
    const { base = 0n } = regions.find((region) => region.name === name) ?? {};
    return described.some((entry) => contains(entry, base));
  };
  return listed.map((each) => ({
    name: each.name,
    owner: made?.includes(`${each.name} ${each.inode}`)
      ? 'run'
      : (isAssembled(each) ?? isDescribed(each.name))
        ? 'firmware'
        : 'user',
    decoder: each.decoder,
    memdevs: each.memdevs.map(({ name }) => name),
    bridges: each.memdevs.map(({ bridge }) => bridge),
  }));
}
