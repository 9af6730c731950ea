/** `cxl-type3` and the memory backends behind it, as QEMU has them: hw/mem/cxl_type3.c: ct3_props[]. */
import { backendNames } from '../machine/object-names';
import type { Type3 } from '../machine/topology';
import { need, offers, type QemuOffer } from './offer';
import { addressOf, linkProperties } from './port';

/** Of an object or a device; on the command line and in QMP alike. */
export type Properties = Readonly<Record<string, string | bigint | boolean>>;

export interface Backend {
  readonly id: string;
  /** Bytes. */
  readonly size: bigint;
}

/** QEMU itself calls a device `device[0]` that nobody has given an id, and takes no such id from anybody. */
export const plain = (id: string): string => id.replaceAll(/[[\]]/g, '.');

/** The files that hold a device's media, by ascending DPA: volatile capacity comes first. `name` is what theirs begin with. */
export const mediaOf = ({ id, volatile, persistent, dynamic, backend }: Type3, name = plain(id)): Backend[] =>
  [
    { id: backend ?? `${name}-volatile`, size: volatile },
    { id: backend ?? `${name}-persistent`, size: persistent },
    { id: `${name}-dynamic`, size: dynamic?.capacity ?? 0n },
  ].filter(({ size }) => size > 0n);

/** `-object` of each backend of its own, a shared file of that name, so that what it holds can be seen from outside. */
export const backendObjects = (type3: Type3, name = plain(type3.id)): Properties[] =>
  backendNames(type3, name).map(({ id, size }) => ({
    'qom-type': 'memory-backend-file',
    id,
    size,
    'mem-path': id,
    share: true,
  }));

/** `-device` of a Type 3. @throws NotApplicable for what the QEMU lacks. */
export function type3Device(type3: Type3, offer: QemuOffer, name = plain(type3.id)): Properties {
  const { id, port, volatile, persistent, dynamic, labelArea, serial, backend } = type3;
  const { backInvalidate } = type3;
  const named = offers(offer, 'cxl-type3', 'persistent-memdev'); // before 8.1 persistent capacity was all there was
  if (volatile > 0n) need(offer, 'cxl-type3', 'volatile-memdev');
  if (dynamic) need(offer, 'cxl-type3', 'num-dc-regions');
  need(offer, 'cxl-type3', 'sn');
  if (backInvalidate) need(offer, 'cxl-type3', 'hdm-db');
  return {
    driver: 'cxl-type3',
    ...(id === plain(id) && { id }),
    bus: port,
    ...(volatile > 0n && { 'volatile-memdev': backend ?? `${name}-volatile` }),
    ...(persistent > 0n && { [named ? 'persistent-memdev' : 'memdev']: backend ?? `${name}-persistent` }),
    ...(dynamic && { 'num-dc-regions': BigInt(dynamic.regions) }),
    ...(dynamic && dynamic.capacity > 0n && { 'volatile-dc-memdev': `${name}-dynamic` }),
    ...(labelArea > 0n && { lsa: `${name}-labels` }),
    sn: serial,
    ...addressOf(type3.place),
    ...linkProperties('cxl-type3', type3, offer),
    ...(backInvalidate && { 'hdm-db': true }),
  };
}
