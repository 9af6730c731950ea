/** Which accelerator runs a guest. `/dev/kvm` may be there, open, and create a machine, and still not run one. */

import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { awaitBoot, guestArguments } from './boot';
import type { GuestImage } from './image';

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

/** A disk whose boot code writes to the port. The firmware has to get as far as that, which is most of the test. */
function disk(): Uint8Array {
  const image = new Uint8Array(0x10_0000).fill(0xf4); // hlt
  image.set([0xb0, WRITTEN, 0xe6, EXIT_PORT]); // mov al, n; out port, al
  image.set([0x55, 0xaa], 510);
  return image;
}

/** Runs something under KVM, and falls back to emulation if that does not end as it must. */
export async function probeAccelerator(qemu: string, image?: GuestImage): Promise<Accelerator> {
  if (!existsSync('/dev/kvm')) return { accelerator: 'tcg', reason: 'emulation, for there is no /dev/kvm' };
  const trouble =
    (await bootTrouble(qemu, ['-accel', 'kvm', '-cpu', 'host,-hypervisor'])) ??
    (image && (await linuxTrouble(qemu, image)));
  if (trouble === undefined) {
    return { accelerator: 'kvm', reason: `it has booted ${image ? `Linux ${image.kernel}` : 'a test disk'}` };
  }
  return { accelerator: 'tcg', reason: `emulation, for KVM does not run here: ${trouble}` };
}

/** Why KVM does not boot the image in a machine without CXL; undefined if it does. */
async function linuxTrouble(qemu: string, image: GuestImage): Promise<string | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'cxl-conformance-kvm-'));
  const serialLog = join(directory, 'serial.log');
  const boot = guestArguments({ image, port: 0, accelerator: 'kvm', serialLog });
  const machine = execa(qemu, ['-machine', 'q35', '-m', '1G', '-nodefaults', '-display', 'none', ...boot], {
    reject: false,
    timeout: LINUX_LIMIT,
    forceKillAfterDelay: 500,
  });
  let alive = true;
  void machine.then(() => {
    alive = false;
  });
  try {
    await awaitBoot(serialLog, () => alive);
    return undefined;
  } catch {
    return `Linux ${image.kernel} had not booted after ${LINUX_LIMIT / 1000} s`;
  } finally {
    machine.kill('SIGKILL');
    await machine;
    await rm(directory, { recursive: true, force: true });
  }
}

/** Why a machine with these options does not boot the disk; undefined if it does. */
export async function bootTrouble(qemu: string, options: readonly string[]): Promise<string | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'cxl-conformance-kvm-'));
  try {
    const image = join(directory, 'disk');
    await writeFile(image, disk());
    const machine = ['-machine', 'q35', '-nodefaults', '-display', 'none'];
    const parts = ['-drive', `file=${image},format=raw,if=ide`, '-device', EXIT_DEVICE];
    const { exitCode, stderr, timedOut } = await execa(qemu, [...options, ...machine, ...parts], {
      reject: false,
      timeout: LIMIT,
      forceKillAfterDelay: 500,
    });
    if (exitCode === 2 * WRITTEN + 1) return undefined;
    if (timedOut) return `its firmware had not booted a disk after ${LIMIT / 1000} s`;
    return stderr.trim().split('\n').at(-1) || `exit status ${exitCode}`;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
