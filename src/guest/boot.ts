/** How QEMU boots a guest image, and when it has booted. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type GuestArchitectureName, guestArchitecture } from './architecture';
import { GuestError, GuestPanic, GuestStalled } from './guest-error';
import { FILES, type GuestImage } from './image';
import { READY } from './image-contents';
import { lastLines } from './serial-log';

/** What a boot may take, in ms: under emulation, on a busy machine. */
const BOOT_LIMIT = 180_000;

/** For how long it may say nothing meanwhile: one that stalls early says not even that. In milliseconds. */
const SILENCE_LIMIT = 60_000;
const POLL = 100;

/** For the serial line to show trouble, and for emulation not to do more than it must. */
export const kernelArguments = (architecture: GuestArchitectureName): string[] => [
  `console=${guestArchitecture(architecture).console}`,
  ...guestArchitecture(architecture).kernelArguments,
  'nokaslr',
  'mitigations=off',
  'random.trust_cpu=on',
  'loglevel=5', // warnings tell what a panic came of: memory that could not be had
  'memhp_default_state=online_movable', // what else the kernel puts there is lost with the region: Linux 7.2 crashes
];

export interface GuestBoot {
  readonly image: GuestImage;
  /** Of this host, where the guest's SSH is. */
  readonly port: number;
  readonly accelerator: 'kvm' | 'tcg';
  readonly serialLog: string;
  /** Firmware image other than QEMU's own. */
  readonly bios?: string | undefined;
  /** Beside {@link kernelArguments}. */
  readonly furtherArguments?: readonly string[];
  /** Options of the user network, beside those for SSH. */
  readonly network?: readonly string[];
}

/** QEMU arguments. */
export function guestArguments({
  image,
  port,
  accelerator,
  serialLog,
  bios,
  furtherArguments = [],
  network = [],
}: GuestBoot): string[] {
  const { processor } = guestArchitecture(image.architecture);
  return [
    '-accel',
    accelerator === 'tcg' ? 'tcg,thread=multi' : 'kvm',
    '-cpu',
    processor[accelerator],
    ...(bios ? ['-bios', bios] : []),
    '-kernel',
    join(image.directory, FILES.kernel),
    '-initrd',
    join(image.directory, FILES.initramfs),
    '-append',
    [...kernelArguments(image.architecture), ...furtherArguments].join(' '),
    '-serial',
    `file:${serialLog}`,
    '-netdev',
    [`user,id=guest-net,restrict=on,hostfwd=tcp:127.0.0.1:${port}-:22`, ...network].join(','),
    '-device',
    'virtio-net-pci,netdev=guest-net,bus=pcie.0,romfile=',
  ];
}

/** The kernel argument by which Linux takes a range as RESERVED, as if firmware had said so. Linux e820.c: parse_memmap_one(). */
export const reserve = ({ base, size }: { readonly base: bigint; readonly size: bigint }): string =>
  `memmap=0x${size.toString(16)}$0x${base.toString(16)}`;

/**
 * Waits until the guest says on its serial line, from character `from` of its log, that it takes connections.
 * @throws GuestError with the log's last lines if it panics, or takes longer than {@link BOOT_LIMIT}.
 */
export async function awaitBoot(
  serialLog: () => Promise<string>,
  alive: () => boolean,
  { from = 0, silenceLimit = SILENCE_LIMIT } = {},
): Promise<void> {
  const deadline = Date.now() + BOOT_LIMIT;
  let [said, lastSaid] = [0, Date.now()];
  for (;;) {
    const running = alive();
    const log = (await serialLog()).slice(from);
    if (log.includes(READY)) return;
    if (log.length > said) [said, lastSaid] = [log.length, Date.now()];
    if (STALL.test(log) || Date.now() - lastSaid > silenceLimit)
      throw new GuestStalled(`the guest stalls while it boots:\n${lastLines(log)}`);
    const panic = PANIC.exec(log)?.[1];
    if (panic) throw new GuestPanic(panic, OUT_OF_MEMORY.test(log), lastLines(log));
    if (!running) throw new GuestError(`the guest has ended while it boots:\n${lastLines(log)}`);
    if (Date.now() > deadline)
      throw new GuestError(`the guest has not booted within ${BOOT_LIMIT / 1000} s:\n${lastLines(log)}`);
    await sleep(POLL);
  }
}

/** With the reason. */
const PANIC = /Kernel panic - not syncing: (.*?)\r?\n/;
/** What Linux says first when memory cannot be had, whatever it panics of then: warn_alloc() and show_mem(). */
const OUT_OF_MEMORY = /page allocation failure|Mem-Info:/;

/**
 * What Linux says when a processor takes no timer interrupts: under emulation, one boot in some dozens; or when it has waited for
 * some in vain, as on a busy host, arch/x86/kernel/apic/io_apic.c: check_timer().
 */
const STALL = /rcu_preempt detected stalls|IO-APIC \+ timer doesn't work/;
