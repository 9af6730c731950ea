import { DEVICE_NAMES } from './devices';
import { objectsOf } from './objects';
import { DEFAULT_PLATFORM, PLATFORMS, type PlatformName } from './platforms';
import { NotApplicable, OutOfReach } from './verdict';

/** Devices whose properties a topology may need, and watchdogs, which can move the clock. */
export const DEVICES = [...DEVICE_NAMES, 'ib700', 'i6300esb'] as const;

export type DeviceName = (typeof DEVICES)[number];

/** Types of `-object` that a topology may need, and that not every QEMU has. */
export const OBJECTS: readonly string[] = objectsOf().filter((type) => !type.startsWith('memory-backend-'));

/** What a QEMU binary has, by its own account. */
export interface QemuOffer {
  /** Absolute. */
  readonly path: string;
  /** `10.0.13`. */
  readonly version: string;
  /** The one on which it has CXL; q35 unless given. */
  readonly platform?: PlatformName;
  /** As its packager words it; empty for a build from source. */
  readonly package: string;
  /** Names of properties; the machine's devices that it lacks are not in it. */
  readonly devices: Readonly<Partial<Record<DeviceName, readonly string[]>>>;
  readonly objects: readonly string[];
  /** QMP commands. */
  readonly commands: readonly string[];
  /** Arguments of QMP commands for CXL devices. */
  readonly cxlCommands?: Readonly<Record<string, readonly QmpArgument[]>>;
}

export const platformOfOffer = ({ platform = DEFAULT_PLATFORM }: QemuOffer): PlatformName => platform;

/** @throws OutOfReach unless the QEMU has that machine. */
export function needPlatform(offer: QemuOffer, wanted: PlatformName): void {
  const platform = platformOfOffer(offer);
  if (platform === wanted) return;
  const [here, there] = [PLATFORMS[platform].architecture, PLATFORMS[wanted].architecture];
  throw new OutOfReach(`this QEMU is for ${here} and has machine ${platform}; ${wanted} is a machine for ${there}`);
}

export interface QmpArgument {
  readonly name: string;
  readonly mandatory: boolean;
}

export const offers = ({ devices }: QemuOffer, device: string, property: string): boolean =>
  devices[device as DeviceName]?.includes(property) ?? false;

/** @throws NotApplicable unless the QEMU has that property. */
export function need(offer: QemuOffer, device: string, property: string): void {
  if (!offers(offer, device, property)) {
    throw new NotApplicable(`this QEMU has no property ${property} of ${device}`, `${device}.${property}`);
  }
}

/** @throws NotApplicable unless the QEMU has that device. */
export function needDevice(offer: QemuOffer, device: DeviceName): void {
  if (!(device in offer.devices)) throw new NotApplicable(`this QEMU has no device ${device}`, device);
}

/** @throws NotApplicable unless the QEMU has objects of that type. */
export function needObject(offer: QemuOffer, type: string): void {
  if (!offer.objects.includes(type)) throw new NotApplicable(`this QEMU has no object ${type}`, type);
}

/** @throws NotApplicable unless the QEMU has that QMP command. */
export function needCommand(offer: QemuOffer, command: string): void {
  if (!offer.commands.includes(command)) throw new NotApplicable(`this QEMU has no QMP command ${command}`, command);
}
