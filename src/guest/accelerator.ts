/** Which accelerator runs a guest. `/dev/kvm` may be there, open, and create a machine, and still not run one. */

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_PLATFORM, type PlatformName } from '../ledger/platforms';
import { inScratch } from '../system/scratch';
import { DEFAULT_GUEST_ARCHITECTURE, guestArchitecture } from './architecture';
import { awaitBoot, guestArguments } from './boot';
import { firmwareOf, type GuestImage } from './image';

export interface Accelerator {
  readonly accelerator: 'kvm' | 'tcg';
  readonly reason: string;
}

/** What KVM may take to boot such a disk, in ms. */
const LIMIT = 5000;

/** What it may take to boot Linux, in ms: without emulation, that is seconds. */
const LINUX_LIMIT = 20_000;

/** Port 0xf4 with QEMU's isa-debug-exit: writing n ends QEMU with exit status 2n + 1. */
const EXIT_PORT = 0xf4;
const WRITTEN = 0x10;
const EXIT_DEVICE = `isa-debug-exit,iobase=${EXIT_PORT},iosize=1`;

const emptyMachine = (platform: PlatformName) => ['-machine', platform, '-nodefaults', '-display', 'none'];
const LIMITED = { reject: false, forceKillAfterDelay: 500 } as const;

/** A disk whose boot code writes to the port. The firmware has to get as far as that, which is most of the test. */
function disk(): Uint8Array {
  const image = new Uint8Array(0x10_0000).fill(0xf4); // hlt
  image.set([0xb0, WRITTEN, 0xe6, EXIT_PORT]); // mov al, n; out port, al
  image.set([0x55, 0xaa], 510);
  return image;
}

/** Runs something under KVM, and falls back to emulation if that does not end as it must. The disk has code for x86. */
export async function probeAccelerator(qemu: string, image?: GuestImage): Promise<Accelerator> {
  const architecture = image?.architecture ?? DEFAULT_GUEST_ARCHITECTURE;
  const { host } = guestArchitecture(architecture);
  if (process.arch !== host)
    return { accelerator: 'tcg', reason: `emulation, for this host is not for ${architecture} but ${process.arch}` };
  if (!existsSync('/dev/kvm')) return { accelerator: 'tcg', reason: 'emulation, for there is no /dev/kvm' };
  const trouble =
    (architecture === DEFAULT_GUEST_ARCHITECTURE
      ? await bootTrouble(qemu, ['-accel', 'kvm', '-cpu', 'host,-hypervisor'])
      : undefined) ??
    (image && (await linuxTrouble(qemu, image)));
  if (trouble === undefined) {
    return { accelerator: 'kvm', reason: `it has booted ${image ? `Linux ${image.kernel}` : 'a test disk'}` };
  }
  return { accelerator: 'tcg', reason: `emulation, for KVM does not run here: ${trouble}` };
}

/** Why KVM does not boot the image in a machine without CXL; undefined if it does. */
const linuxTrouble = (qemu: string, image: GuestImage): Promise<string | undefined> =>
  inScratch(async (directory) => {
    const serialLog = join(directory, 'serial.log');
    const { platform } = guestArchitecture(image.architecture);
    const boot = guestArguments({ image, port: 0, accelerator: 'kvm', serialLog, bios: firmwareOf(image) });
    const { execa } = await import('execa'); // which loads slowly
    const machine = execa(qemu, [...emptyMachine(platform), '-m', '1G', ...boot], { ...LIMITED, timeout: LINUX_LIMIT });
    let alive = true;
    void machine.then(() => {
      alive = false;
    });
    try {
      await awaitBoot(
        () => readFile(serialLog, 'utf8').catch(() => ''),
        () => alive,
      );
      return undefined;
    } catch {
      return `Linux ${image.kernel} had not booted after ${LINUX_LIMIT / 1000} s`;
    } finally {
      machine.kill('SIGKILL');
      await machine;
    }
  });

/** Why a machine with these options does not boot the disk; undefined if it does. */
export const bootTrouble = (qemu: string, options: readonly string[]): Promise<string | undefined> =>
  inScratch(async (directory) => {
    const image = join(directory, 'disk');
    await writeFile(image, disk());
    const parts = ['-drive', `file=${image},format=raw,if=ide`, '-device', EXIT_DEVICE];
    const { execa } = await import('execa');
    const ended = await execa(qemu, [...options, ...emptyMachine(DEFAULT_PLATFORM), ...parts], {
      ...LIMITED,
      timeout: LIMIT,
    });
    if (ended.exitCode === 2 * WRITTEN + 1) return undefined;
    if (ended.timedOut) return `its firmware had not booted a disk after ${LIMIT / 1000} s`;
    return ended.stderr.trim().split('\n').at(-1) || `exit status ${ended.exitCode}`;
  });
