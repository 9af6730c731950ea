import { devicesOf } from '../ledger/devices';
import { objectsOf } from '../ledger/objects';
import { NotApplicable } from '../ledger/verdict';
import type { CommandLine } from './line';

/** What a QEMU has, probed or by the ledger. */
interface Offered {
  /** `10.0.13`. */
  readonly version: string;
  readonly objects: readonly string[];
  /** Names of properties. */
  readonly devices: Readonly<Record<string, readonly string[] | undefined>>;
}

/** Of any release. */
const KNOWN = { devices: devicesOf(), objects: objectsOf() };

/** @throws NotApplicable for a device, a property or an object that other QEMUs have, and this one has not */
export function needOffered({ devices, objects }: CommandLine, offered: Offered): void {
  const lacks = (what: string, name: string): never => {
    throw new NotApplicable(`this QEMU has no ${what}`, name);
  };
  for (const type of objects.flatMap((object) => object.value('qom-type') ?? [])) {
    if (KNOWN.objects.includes(type) && !offered.objects.includes(type)) lacks(`object ${type}`, type);
  }
  for (const device of devices) {
    const driver = `${device.value('driver')}`;
    const properties = KNOWN.devices[driver];
    if (!properties) continue;
    const has = offered.devices[driver];
    if (!has) lacks(`device ${driver}`, driver);
    const lacking = device.keys.find((key) => key in properties && !has?.includes(key));
    if (lacking !== undefined) lacks(`property ${lacking} of ${driver}`, `${driver}.${lacking}`);
  }
}
