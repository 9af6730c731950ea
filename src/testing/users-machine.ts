/** A guest of ours that stands for somebody's machine: what a user has made on it, and how it is, for tests. */
import { createHash } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Setup } from '../machine/topology';
import type { GuestPlatform } from '../target/guest-platform';

const bridge = (id: string, bus: number, ...rootPorts: string[]) => ({ id, bus, rootPorts });
const window = (size: bigint, granularity: number, ...targets: string[]) => ({ size, granularity, targets });
const GIB = 1n << 30n;
const PORTS = { a0: 'rp0', a1: 'rp1', b0: 'rp2', b1: 'rp3', c0: 'rp4' };

/** That of features/region/several.feature. */
export const SETUP: Setup = {
  topology: {
    ram: 2n * GIB,
    processors: 2,
    hostBridges: [bridge('cxl.1', 12, 'rp0', 'rp1'), bridge('cxl.2', 40, 'rp2', 'rp3'), bridge('cxl.3', 80, 'rp4')],
    windows: [
      window(4n * GIB, 4096, 'cxl.1', 'cxl.2'),
      window(4n * GIB, 256, 'cxl.1'),
      window(GIB, 256, 'cxl.3'),
      window(GIB / 2n, 256, 'cxl.1'),
      window(4n * GIB, 16_384, 'cxl.1', 'cxl.2'),
    ],
    type3s: Object.entries(PORTS).map(([id, port], i) => ({
      id,
      port,
      volatile: 0n,
      persistent: GIB / 2n,
      labelArea: 1n << 20n,
      serial: BigInt(1 + i),
    })),
    testDevices: [],
  },
  reservations: [],
};

/**
 * The user has: a region on c0, with a file system in one namespace and another in devdax mode; labels of a namespace on
 * a1, whose region is gone; data and no labels on a0; and a file in a file system on /mnt.
 */
const USER = `set -e
of() { for m in /sys/bus/cxl/devices/mem*; do [ $(cat $m/serial) != 0x$1 ] || basename $m; done; }
fill() { yes "data of the user on $1" | head -c 131072 >/tmp/data; dd if=/tmp/data of=$1 bs=4096 seek=$2 oflag=direct; rm /tmp/data; }
region() { r=$(cxl create-region -t pmem -d decoder0.$1 -w 1 -m $(of $2) | sed -n 's/.*"region":"\\(.*\\)".*/\\1/p'); }
disk() { echo /dev/$(basename /sys/bus/nd/devices/$r/namespace*/block/*); }
region 1 1; ndctl create-namespace -m raw -r $r; fill $(disk) 0
ndctl destroy-namespace -f -r $r all; cxl destroy-region -f $r
region 1 2; ndctl create-namespace -m raw -r $r; fill $(disk) 0; cxl destroy-region -f $r
region 2 5; ndctl create-namespace -m raw -r $r -s 256M; mke2fs $(disk) 1024; sync; fill $(disk) 1024
ndctl create-namespace -m devdax --map=mem -r $r -s 128M
mount -t tmpfs tmpfs /mnt; echo precious >/mnt/file`;

/** What a user can see of it; of label areas, what holds index and first labels. */
const LOOK = `cxl list -RM; ndctl list -NR; daxctl list; cat /proc/iomem /proc/mounts; cat /mnt/file; ls /run /tmp /mnt
for m in /sys/bus/cxl/devices/mem*; do echo $(cat $m/serial) $(cxl read-labels -s 8192 $(basename $m) | sha256sum); done
grep -c "" /sys/devices/system/node/node*/meminfo; cat /proc/swaps`;

export async function settle(machine: GuestPlatform): Promise<void> {
  const { status, stderr } = await machine.shell.run(USER);
  if (status !== 0) throw new Error(`the user cannot settle: ${stderr}`);
}

/** All of it that must stay as it is: what can be seen from inside, and of media what can be seen from outside. */
export async function look({ shell, operator }: GuestPlatform): Promise<string[]> {
  const { stdout } = await shell.run(LOOK);
  const media = await Promise.all(
    Object.keys(PORTS).map(async (id) => {
      const bytes = await operator.readMedia(id, 0n, Number(GIB / 2n));
      return `${id} ${createHash('sha256').update(bytes).digest('hex')}`;
    }),
  );
  return [...media, ...`${stdout}`.split('\n').map((line) => line.replace(/tmp\.\w+/, 'tmp'))];
}

/** An `ssh` in `directory` that knows every host, for nobody has made the key of this one known. */
export async function trustingSsh(directory: string): Promise<string> {
  const { execa } = await import('execa'); // which loads slowly
  const { stdout } = await execa('sh', ['-c', 'command -v ssh']);
  const path = join(directory, 'ssh');
  const options = '-F /dev/null -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null';
  await writeFile(path, `#!/bin/sh\nexec ${stdout} ${options} "$@"\n`);
  await chmod(path, 0o755);
  return `${directory}:${process.env.PATH}`;
}
