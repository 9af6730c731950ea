/** `cxl-type3`: QEMU hw/mem/cxl_type3.c: ct3_props[]. */
import type { Type3 } from '../machine/topology';
import { backendSize, MEDIA } from './backend';
import { devicesOf, idOf } from './device';
import type { CommandLine } from './line';
import type { Option } from './option';
import { placesOf, ROOT_BUS } from './place';
import { linkOf } from './port';
import { integer, isOn, numberOf } from './value';

/** QEMU's way to say that a device has no serial number. */
const NO_SERIAL = `${2n ** 64n - 1n}`;

export const parseType3s = (line: CommandLine): Type3[] =>
  devicesOf(line, 'cxl-type3').map((device) => {
    const labels = device.value('lsa');
    const backend = sharedBackend(device, line);
    const place = placesOf(line).get(device);
    return {
      id: idOf(device, line),
      port: place?.bus ?? ROOT_BUS,
      volatile: capacity('volatile', device, line),
      persistent: capacity('persistent', device, line),
      labelArea: labels === undefined ? 0n : backendSize(labels, line),
      serial: BigInt.asUintN(64, integer(device.value('sn') ?? NO_SERIAL) ?? 0n),
      ...parseDynamic(device, line),
      ...(backend !== undefined && { backend }),
      ...linkOf(device),
      ...(place &&
        device.value('addr') !== undefined &&
        (place.device > 0 || place.fn > 0) && { place: { device: place.device, fn: place.fn } }),
      ...(isOn(device.value('x-256b-flit')) && { largeFlits: true }),
      ...(isOn(device.value('hdm-db')) && { backInvalidate: true }),
    };
  });

const capacity = (name: 'volatile' | 'persistent', device: Option, line: CommandLine): bigint =>
  Object.entries(MEDIA)
    .flatMap(([key, of]) => (of === name ? device.values(key) : []))
    .reduce((_, id) => backendSize(id, line), 0n);

/** Without a number of regions the backend is not used. */
function parseDynamic(device: Option, line: CommandLine): Pick<Type3, 'dynamic'> {
  const [regions, backend] = [numberOf(device.value('num-dc-regions')), device.value('volatile-dc-memdev')];
  return regions > 0 && backend !== undefined ? { dynamic: { regions, capacity: backendSize(backend, line) } } : {};
}

/** That of a node or of a device before it, by the name that it has in a rendered command line. */
function sharedBackend(device: Option, line: CommandLine): string | undefined {
  const used = (each: Option) => Object.keys(MEDIA).flatMap((key) => each.values(key).map((id) => ({ id, key })));
  for (const { id } of used(device)) {
    const node = line.numa.findIndex((option) => option.value('type') === 'node' && option.value('memdev') === id);
    if (node >= 0) return `node${line.numa[node]?.value('nodeid') ?? node}`;
    for (const other of devicesOf(line, 'cxl-type3')) {
      if (other === device) break;
      const same = used(other).find((each) => each.id === id);
      if (same) return `${idOf(other, line)}-${MEDIA[same.key as keyof typeof MEDIA]}`;
    }
  }
  return undefined;
}
