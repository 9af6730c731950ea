/** `cxl-type3` and the memory backends behind it: QEMU hw/mem/cxl_type3.c: ct3_props[]. */
import { FIELDS } from '../ledger/devices';
import { need, offers, type QemuOffer } from '../ledger/offer';
import { backendNames } from '../machine/object-names';
import type { Type3 } from '../machine/topology';
import { backendSize, MEDIA } from './backend';
import { devicesOf, idOf } from './device';
import type { CommandLine } from './line';
import type { Option } from './option';
import { placesOf, ROOT_BUS } from './place';
import { addressOf } from './port';
import { fieldsIn, type Written, written } from './properties';
import { numberOf } from './value';

export const parseType3s = (line: CommandLine): Type3[] =>
  devicesOf(line, 'cxl-type3').map((device) => {
    const labels = device.value('lsa');
    const backend = sharedBackend(device, line);
    const place = placesOf(line).get(device);
    return {
      ...fieldsIn(FIELDS.type3, device.value),
      id: idOf(device, line),
      port: place?.bus ?? ROOT_BUS,
      volatile: capacity('volatile', device, line),
      persistent: capacity('persistent', device, line),
      labelArea: labels === undefined ? 0n : backendSize(labels, line),
      ...parseDynamic(device, line),
      ...(backend !== undefined && { backend }),
      ...(place &&
        device.value('addr') !== undefined &&
        (place.device > 0 || place.fn > 0) && { place: { device: place.device, fn: place.fn } }),
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

/** QEMU itself calls a device `device[0]` that nobody has given an id, and takes no such id from anybody. */
export const plain = (id: string): string => id.replaceAll(/[[\]]/g, '.');

interface Backend {
  readonly id: string;
  /** Bytes. */
  readonly size: bigint;
}

/** The files that hold a device's media, by ascending DPA: volatile capacity comes first. `name` is what theirs begin with. */
export const mediaOf = ({ id, volatile, persistent, dynamic, backend }: Type3, name = plain(id)): Backend[] =>
  [
    { id: backend ?? `${name}-volatile`, size: volatile },
    { id: backend ?? `${name}-persistent`, size: persistent },
    { id: `${name}-dynamic`, size: dynamic?.capacity ?? 0n },
  ].filter(({ size }) => size > 0n);

/** `-object` of each backend of its own, a shared file of that name, so that what it holds can be seen from outside. */
export const backendObjects = (type3: Type3, name = plain(type3.id)): Written[] =>
  backendNames(type3, name).map(({ id, size }) => ({
    'qom-type': 'memory-backend-file',
    id,
    size,
    'mem-path': id,
    share: true,
  }));

/** `-device` of a Type 3. @throws NotApplicable for what the QEMU lacks. */
export function type3Device(type3: Type3, offer: QemuOffer, name = plain(type3.id)): Written {
  const { id, port, volatile, persistent, dynamic, labelArea, backend } = type3;
  const named = offers(offer, 'cxl-type3', 'persistent-memdev'); // before 8.1 persistent capacity was all there was
  if (volatile > 0n) need(offer, 'cxl-type3', 'volatile-memdev');
  if (dynamic) need(offer, 'cxl-type3', 'num-dc-regions');
  return {
    driver: 'cxl-type3',
    ...(id === plain(id) && { id }),
    bus: port,
    ...(volatile > 0n && { 'volatile-memdev': backend ?? `${name}-volatile` }),
    ...(persistent > 0n && { [named ? 'persistent-memdev' : 'memdev']: backend ?? `${name}-persistent` }),
    ...(dynamic && { 'num-dc-regions': BigInt(dynamic.regions) }),
    ...(dynamic && dynamic.capacity > 0n && { 'volatile-dc-memdev': `${name}-dynamic` }),
    ...(labelArea > 0n && { lsa: `${name}-labels` }),
    ...written(FIELDS.type3, 'cxl-type3', { ...type3 }, offer),
    ...addressOf(type3.place),
  };
}
