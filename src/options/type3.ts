/** `cxl-type3`: QEMU hw/mem/cxl_type3.c: ct3_props[]. */
import type { Type3 } from '../machine/topology';
import { backendSize, MEDIA } from './backend';
import { devicesOf, idOf } from './device';
import type { CommandLine } from './line';
import type { Option } from './option';

/** QEMU's way to say that a device has no serial number. */
const NO_SERIAL = `${2n ** 64n - 1n}`;

export const parseType3s = (line: CommandLine): Type3[] =>
  devicesOf(line, 'cxl-type3').map((device) => {
    const labels = device.value('lsa');
    const backend = sharedBackend(device, line);
    return {
      ...{ id: idOf(device, line), port: device.value('bus') ?? 'pcie.0' },
      ...{ volatile: capacity('volatile', device, line), persistent: capacity('persistent', device, line) },
      labelArea: labels === undefined ? 0n : backendSize(labels, line),
      serial: BigInt(device.value('sn') ?? NO_SERIAL),
      ...parseDynamic(device, line),
      ...(backend !== undefined && { backend }),
    };
  });

const capacity = (name: 'volatile' | 'persistent', device: Option, line: CommandLine): bigint =>
  Object.entries(MEDIA)
    .flatMap(([key, of]) => (of === name ? device.values(key) : []))
    .reduce((_, id) => backendSize(id, line), 0n);

/** Without a number of regions the backend is not used. */
function parseDynamic(device: Option, line: CommandLine): Pick<Type3, 'dynamic'> {
  const [regions, backend] = [Number(device.value('num-dc-regions') ?? 0), device.value('volatile-dc-memdev')];
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
