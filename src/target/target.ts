import type { DeviceName } from '../ledger/offer';
import type { Personality } from '../ledger/personality';
import type { PlatformName } from '../ledger/platforms';
import type { QuirkName } from '../ledger/quirks';
import type { Subject } from '../ledger/verdict';
import type { Attempt } from '../machine/attempt';
import type { DecoderBench } from '../machine/decoder-bench';
import type { Hardware } from '../machine/hardware';
import type { Host } from '../machine/host';
import type { MemoryDevice } from '../machine/memory-device';
import type { Operator } from '../machine/operator';
import type { Place, Registers } from '../machine/registers';
import type { Setup, Type3 } from '../machine/topology';
import type { Bail } from '../system/bail';
import type { Tape } from './tape';

export const TARGETS = ['simulator', 'qtest', 'guest', 'ssh'] as const;

export type TargetName = (typeof TARGETS)[number];

/** Which target, and which options it has: those of the command `run`. */
export interface TargetOptions {
  readonly target: TargetName;
  /** Simulator: quirks to have that nobody expects, so that scenarios fail by them. */
  readonly quirks?: readonly string[];
  /** Simulator and qtest: whether each scenario has machines of its own, and so asks for all that matters to it by itself. */
  readonly unshared?: boolean;
  /** Simulator: the QEMU release whose quirks to have. */
  readonly release?: string;
  /** Simulator: quirks of the release that it does not have, as after a patch. */
  readonly mended?: readonly string[];
  /** Simulator: the platform to be; qtest: the one that the QEMU has to have. */
  readonly platform?: PlatformName;
  /** Simulator and qtest: the Linux release to model, such as 6.1. */
  readonly linux?: string;
  /** qtest and guest: the QEMU binary. */
  readonly qemu?: string;
  /** qtest and guest: what the QEMU was built without on purpose, by the names of devices, `DEVICE.PROPERTY`, objects, commands. */
  readonly without?: readonly string[];
  /** guest: name or directory of the image. */
  readonly guest?: string;
  /** guest: the firmware to boot with. */
  readonly firmware?: 'seabios' | 'ovmf';
  /** ssh: `USER@HOST[:PORT]`. */
  readonly ssh?: string;
  /** ssh: file of the private key. */
  readonly identity?: string;
  /** ssh: whether scenarios may change the machine. */
  readonly allowChanges?: boolean;
  /** The machine under check, by options that QEMU can be started with here; machine-under-check.ts. */
  readonly machine?: readonly string[];
  /** Simulator: whether scenarios are not judged, for what they do is what others are judged by. */
  readonly record?: boolean;
  /** When the scenarios that are left are not run any more. */
  readonly bail?: Bail;
  /** Simulator and qtest: whether the target's tape records what scenarios do to machines. */
  readonly taped?: boolean;
}

/** What a scenario may need that not every target has, beside an operating system and somebody at the machine: tags `@needs:NAME`. */
export const NEEDS = ['hardware', 'clock', 'code-in-windows', 'q35', 'virt'] as const;

export type Need = (typeof NEEDS)[number];

/** Where a real Linux runs: what its drivers do not offer, nobody else may touch. */
export const LINUX_HAS_THE_HARDWARE = {
  hardware: 'the registers belong to the Linux that runs on the machine',
  clock: 'a clock that Linux lives by is not moved',
} satisfies Target['lacks'];

/** Something to hold the scenarios against. */
export interface Target {
  readonly subject: Subject;
  /** As which releases the simulator shows what is expected of it; one that conforms where no QEMU is known. */
  readonly personalities: readonly Personality[];
  /** Of the simulator: the quirks that were asked for since somebody cleared this. */
  readonly quirksAsked?: Set<QuirkName>;
  /** If it was asked for. */
  readonly tape?: Tape;
  /** What it can have on no machine, and why: known before any is started. */
  readonly lacks: Readonly<Partial<Record<Need, string>>>;
  /** Whether the QEMU of its machines has that property, as far as is known. */
  has(device: DeviceName, property: string): boolean;
  /** How many machines have been started so far. */
  started(): number;
  /** A machine that has booted; perhaps one that an earlier scenario has left as it was. */
  powerOn(setup: Setup): Promise<Platform>;
  /** Starts a machine of QEMU's own options, and ends it again. @throws Refusal, MachineCrash, NotApplicable */
  attempt(wanted: Attempt): Promise<void>;
  /** Takes a machine back. It is kept for the next scenario that asks for the same, if it is as it was. */
  release(platform: Platform): Promise<void>;
  /** Ends all machines. */
  close(): Promise<void>;
}

/** A machine that has booted. */
export interface Platform {
  readonly operator: Operator;
  readonly host: Host;
  /** The machine as software meets it. Undefined where the target lacks `hardware`. */
  readonly hardware?: Hardware;
  /** A memory device's own registers, by its serial number. Undefined where the target lacks `hardware`. */
  memoryDevice?(serial: bigint): Promise<MemoryDevice>;
  /** The mailbox of a switch. */
  mailboxAt?(place: Place): Promise<MemoryDevice>;
  /** All that is behind the host bridges, and the host bridges. Undefined where the target lacks `hardware`. */
  everything?(): Promise<Everything>;
  /** HDM decoders, to be programmed by hand. Undefined where the target lacks `hardware`. */
  readonly bench?: DecoderBench;
  /** The registers of a function or host bridge. Undefined where the target lacks `hardware`. */
  registersAt?(place: Place): Promise<Registers>;
  /** The command that started it, for people to paste. */
  readonly commandLine: string | undefined;
  /** Resets the machine and boots it again; `host` is another one then. */
  reboot(): Promise<void>;
  /** Plugs a device in; the operating system has then made of it what it can. */
  hotAdd(device: Type3): Promise<void>;
  /** Removes a device, as by its attention button; the operating system has then let it go. */
  hotRemove(id: string): Promise<void>;
  /** Undoes what a scenario has left. False if the machine cannot be used again. */
  restore(): Promise<boolean>;
  /** What an idle machine does until it is needed again. */
  rest?(): Promise<void>;
  /** Ends its rest. It rejects if the machine cannot be used any more. */
  wake?(): Promise<void>;
  /** What explains a failure. Never throws. */
  evidence(): Promise<Evidence[]>;
}

/** Of a machine that nobody has described, in the order in which software finds it. */
export interface Everything {
  /** Of each host bridge, and of each function behind it. */
  readonly registers: readonly Registers[];
  /** By PCI address. */
  readonly memoryDevices: readonly { readonly address: string; readonly device: MemoryDevice }[];
}

export interface Evidence {
  /** `serial.log`. */
  readonly name: string;
  readonly mediaType: string;
  readonly body: string;
}
