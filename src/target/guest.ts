import { existsSync } from 'node:fs';
import { freemem } from 'node:os';
import { dirname, join } from 'node:path';
import { probeAccelerator } from '../guest/accelerator';
import { guestArchitecture, guestArchitectureOf, imageName } from '../guest/architecture';
import { GuestError, GuestPanic, GuestStalled } from '../guest/guest-error';
import { findGuest, firmwareOf } from '../guest/image';
import { offers, platformOfOffer } from '../ledger/offer';
import { personalitiesOf } from '../ledger/personality';
import { OutOfReach } from '../ledger/verdict';
import type { Setup } from '../machine/topology';
import { attempt } from '../qemu/attempt';
import { findQemu, probeQemu } from '../qemu/probe';
import { GuestPlatform } from './guest-platform';
import { lackingOn, needPlatformOf } from './platform-needs';
import { MachinePool } from './pool';
import { qemuSubject } from './qemu-subject';
import { unlessHopeless } from './start-failures';
import { LINUX_HAS_THE_HARDWARE, type Target, type TargetOptions } from './target';

/** A boot costs a dozen seconds; an idle guest stands still, and costs half a gigabyte. */
const MACHINES_KEPT = 32;

/** Of the memory that this host has left, what is not for idle guests. In bytes. */
const MEMORY_KEPT = 4 * 2 ** 30;

/** In less, Linux runs out of memory while it boots, and panics in many ways. In bytes. */
const ENOUGH_RAM = 2n ** 28n;

const DEFAULT_SUITE = 'trixie';

/** One is beside a QEMU that was unpacked from Debian's packages. */
const OVMF = ['/usr/share/ovmf/OVMF.fd', '/usr/share/qemu/OVMF.fd'];
const OVMF_UNPACKED = 'root/usr/share/ovmf/OVMF.fd';

/** Tried with QEMU 10.0 and Linux 6.12, QEMU 11.1 and Linux 7.2. */
const NO_CODE_IN_WINDOWS = {
  'code-in-windows': 'without an SRAT the memory joins node 0, and under emulation programs that run from it die',
};

/** A real QEMU with a real Linux, booted here. */
export async function openGuest(options: TargetOptions): Promise<Target> {
  const { qemu, without } = options;
  const found = await findQemu(qemu);
  const offer = await probeQemu(found.path);
  const guest = options.guest ?? imageName(DEFAULT_SUITE, guestArchitectureOf(platformOfOffer(offer)));
  const image = await findGuest(guest);
  const { platform, firmwares } = guestArchitecture(image.architecture);
  const [ownFirmware] = firmwares;
  const firmware = options.firmware ?? ownFirmware;
  if (!firmwares.includes(firmware))
    throw new RangeError(
      `--firmware ${firmware} is not for ${platform}, which is booted with ${firmwares.join(' or ')}`,
    );
  needPlatformOf(offer, platform);
  const { accelerator } = await probeAccelerator(found.path, image);
  const personalities = personalitiesOf(offer.version, image.kernel, offer.package, platform);
  const { words, withoutOptions, ...subject } = await qemuSubject(found, offer, personalities, without);
  const bios = firmware === 'ovmf' ? ovmf(offer.path) : firmwareOf(image);
  const means = { offer, image, accelerator, bios };
  const boot = unlessHopeless(
    (setup: Setup) =>
      GuestPlatform.boot(setup, means).catch((error: Error) => {
        if (error instanceof GuestStalled) return GuestPlatform.boot(setup, means);
        if (error instanceof GuestPanic && error.outOfMemory && setup.topology.ram < ENOUGH_RAM)
          throw new OutOfReach(`Linux runs out of memory in ${setup.topology.ram >> 20n}M: ${error.panic}`);
        throw error;
      }),
    GuestError,
  );
  const pool = new MachinePool((machines) => machines <= MACHINES_KEPT && freemem() > MEMORY_KEPT, boot);
  return {
    subject: {
      target: 'guest',
      description: `guest, ${words}, ${accelerator}, ${firmware}`,
      ...subject,
      kernel: image.kernel,
      options: ['--guest', guest, ...(firmware === ownFirmware ? [] : ['--firmware', firmware]), ...withoutOptions],
    },
    personalities,
    lacks: { ...lackingOn(platform), ...LINUX_HAS_THE_HARDWARE, ...(accelerator === 'tcg' && NO_CODE_IN_WINDOWS) },
    has: (device, property) => offers(offer, device, property),
    started: () => pool.started,
    powerOn: (setup) => pool.powerOn(setup),
    attempt: (wanted) => attempt(wanted, offer),
    release: (platform) => pool.release(platform),
    close: () => pool.close(),
  };
}

function ovmf(qemu: string): string {
  const found = [...OVMF, join(dirname(qemu), OVMF_UNPACKED)].find(existsSync);
  if (!found)
    throw new GuestError(
      'there is no OVMF firmware: apt-get install ovmf, or take the QEMU of npx cxl-conformance qemu get',
    );
  return found;
}
