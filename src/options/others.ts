/** PCI functions beside CXL, and which of all functions are not in the slot that a rendered command line puts them in. */
import { functionFactsOf } from '../ledger/pci-functions';
import type { OtherFunction, PciPlace } from '../machine/topology';
import { backendSize } from './backend';
import { devicesOf, idOf } from './device';
import type { CommandLine } from './line';
import type { Option } from './option';
import { type Placed, placesOf, ROOT_BUS } from './place';
import { isOn } from './value';

export interface Slots {
  readonly places: ReadonlyMap<Option, Placed>;
  /** `pcie-root-port` on the root bus, and `pci-testdev` there or behind one of them: a topology has a place of its own for them. */
  readonly pciePorts: readonly Option[];
  readonly testDevices: readonly Option[];
  /** Of a device on the root bus: its slot, if that is not the one that a rendered command line gives it. */
  readonly unusual: (device: Option) => PciPlace | undefined;
}

export function freeSlots(line: CommandLine): Slots {
  const places = placesOf(line);
  const isAt = (device: Option, ...buses: (string | undefined)[]) => buses.includes(places.get(device)?.bus);
  const pciePorts = devicesOf(line, 'pcie-root-port').filter((device) => isAt(device, ROOT_BUS) && isPlain(device));
  const testDevices = devicesOf(line, 'pci-testdev').filter((device) =>
    isAt(device, ROOT_BUS) ? isPlain(device) : isInSlot0(device, places),
  );
  const rendered = [
    ...devicesOf(line, 'pxb-cxl'),
    ...pciePorts,
    ...testDevices.filter((device) => isAt(device, ROOT_BUS)),
  ];
  const unusual = (device: Option): PciPlace | undefined => {
    const { device: slot, fn } = places.get(device) ?? { device: 0, fn: 0 };
    return slot === 1 + rendered.indexOf(device) && fn === 0 ? undefined : { device: slot, fn };
  };
  return { places, pciePorts, testDevices, unusual };
}

const isPlain = (device: Option): boolean => !isOn(device.value('multifunction'));
const isInSlot0 = (device: Option, places: Slots['places']): boolean => places.get(device)?.device === 0;

/** What the machine has by itself comes first. */
export function parseOthers(line: CommandLine, { places, pciePorts, testDevices }: Slots): OtherFunction[] {
  const own = line.defaults.map((driver, n) => ({
    id: `own${n}`,
    driver,
    bus: ROOT_BUS,
    place: { device: 1 + n, fn: 0 },
  }));
  const known = new Set([...pciePorts, ...testDevices]);
  const others = [...places].flatMap(([device, { bus, ...place }]): OtherFunction[] => {
    const driver = `${device.value('driver')}`;
    if (known.has(device) || !functionFactsOf(driver)) return [];
    const memory = memoryOf(device, line);
    return [
      {
        id: idOf(device, line),
        driver,
        bus,
        place,
        ...(isOn(device.value('multifunction')) && { multiFunction: true }),
        ...(memory !== undefined && { memory }),
      },
    ];
  });
  return [...own, ...others];
}

function memoryOf(device: Option, line: CommandLine): bigint | undefined {
  const backend = device.value('driver') === 'ivshmem-plain' ? device.value('memdev') : undefined;
  return backend === undefined ? undefined : backendSize(backend, line);
}
