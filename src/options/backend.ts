/** Memory backends, and what they are the memory of. QEMU backends/hostmem.c. */
import type { CommandLine } from './line';
import type { Option } from './option';
import { parseSize } from './size';

/** Properties of `cxl-type3` that name its media, by the capacity that they make. `memdev` is an old name. */
export const MEDIA = {
  'volatile-memdev': 'volatile',
  'persistent-memdev': 'persistent',
  memdev: 'persistent',
} as const;

/** In bytes. @throws RangeError if there is no such backend */
export function backendSize(id: string, { objects }: CommandLine): bigint {
  const backend = objects.find((object) => object.value('id') === id && isBackend(object));
  if (!backend) throw new RangeError(`there is no memory backend ${id}`);
  return parseSize(`${backend.value('size')}`);
}

const isBackend = (object: Option): boolean => object.value('qom-type')?.startsWith('memory-backend-') ?? false;
