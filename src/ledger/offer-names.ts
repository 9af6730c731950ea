/** By which names a QEMU can be said to lack something, and what one lacks of what its release has. */
import { COMMANDS } from '../codec/cxl/mailbox/command';
import { factsOf } from './facts';

/** What a QEMU has: by a probe, or by the ledger. */
export interface Offered {
  /** Properties by device. */
  readonly devices: Readonly<Record<string, readonly string[] | undefined>>;
  readonly objects: readonly string[];
  /** QMP's. */
  readonly commands: readonly string[];
}

/** Every QEMU has them, and a probe does not ask. */
const BACKENDS = /^memory-backend-/;

/** @throws RangeError unless some release has a device, `DEVICE.PROPERTY`, object, QMP or mailbox command of that name. */
export function needOfferName(name: string): string {
  if (COMMANDS.has(name) || namesOf(offeredBy()).includes(name)) return name;
  throw new RangeError(
    `--without ${name}: no QEMU has that; it takes a device, DEVICE.PROPERTY, an object, a QMP command, or a mailbox ` +
      "command such as 'Inject Poison'",
  );
}

/** Names of what a release has and that QEMU lacks: a device counts for its properties. */
export function lackingIn(offered: Offered, release: string): string[] {
  const has = new Set(namesOf(offered));
  const ofRelease = offeredBy(release);
  const among = new Set(Object.keys(offered.devices).flatMap((device) => [device, ...propertiesOf(offered, device)]));
  const asked = (name: string) => (name.includes('.') ? among.has(name.split('.')[0] ?? '') : !BACKENDS.test(name));
  return namesOf(ofRelease).filter((name) => !has.has(name) && asked(name));
}

function offeredBy(release?: string): Offered {
  const { devices, objects, qmpCommands } = factsOf(release);
  const named = Object.entries(devices).map(([name, properties]) => [name, Object.keys(properties)]);
  return { devices: Object.fromEntries(named), objects, commands: [...qmpCommands.keys()] };
}

const propertiesOf = ({ devices }: Offered, device: string): string[] =>
  (devices[device] ?? []).map((property) => `${device}.${property}`);

/** Devices, `DEVICE.PROPERTY`, objects and QMP commands. */
export const namesOf = (offered: Offered): string[] => [
  ...Object.keys(offered.devices).flatMap((device) => [device, ...propertiesOf(offered, device)]),
  ...offered.objects,
  ...offered.commands,
];
