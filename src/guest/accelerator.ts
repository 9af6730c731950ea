/** Which accelerator runs a guest. `/dev/kvm` may be there, open, and create a machine, and still not run one. */

import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

export interface Accelerator {
  readonly accelerator: 'kvm' | 'tcg';
  readonly reason: string;
}

/** What KVM may take to run a few instructions, in ms. */
const LIMIT = 5000;

/** Port 0xf4 with QEMU's isa-debug-exit: writing n ends QEMU with exit status 2n + 1. */
const EXIT_PORT = 0xf4;
const WRITTEN = 0x10;

/** A firmware of 64 KiB whose reset vector, at 16 bytes before its end, writes to the port. */
function firmware(): Uint8Array {
  const image = new Uint8Array(0x1_0000).fill(0xf4); // hlt
  image.set([0xb0, WRITTEN, 0xe6, EXIT_PORT], 0xfff0); // mov al, n; out port, al
  return image;
}

/** Runs something under KVM, and falls back to emulation if that does not end as it must. */
export async function probeAccelerator(qemu: string): Promise<Accelerator> {
  if (!existsSync('/dev/kvm')) return { accelerator: 'tcg', reason: 'emulation, for there is no /dev/kvm' };
  const directory = await mkdtemp(join(tmpdir(), 'cxl-conformance-kvm-'));
  try {
    const bios = join(directory, 'firmware');
    await writeFile(bios, firmware());
    const args = ['-machine', 'q35', '-cpu', 'host,-hypervisor', '-nodefaults', '-display', 'none', '-bios', bios];
    const exit = ['-device', `isa-debug-exit,iobase=${EXIT_PORT},iosize=1`];
    const { exitCode, stderr, timedOut } = await execa(qemu, ['-accel', 'kvm', ...args, ...exit], {
      reject: false,
      timeout: LIMIT,
      forceKillAfterDelay: 500,
    });
    if (exitCode === 2 * WRITTEN + 1) return { accelerator: 'kvm', reason: 'it has run a test program' };
    const why = timedOut
      ? `nothing had run after ${LIMIT / 1000} s`
      : stderr.trim().split('\n').at(-1) || `exit status ${exitCode}`;
    return { accelerator: 'tcg', reason: `emulation, for KVM does not run here: ${why}` };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
