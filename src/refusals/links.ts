/** Links of devices, and memory backends that they lead to: QEMU qom/object.c, hw/mem/cxl_type3.c, hw/mem/pc-dimm.c. */
import { MEDIA } from '../options/backend';
import type { Option } from '../options/option';
import { lookUnless, type Request, refuse } from './refuse';

interface Link {
  readonly key: string;
  readonly value: string;
  readonly type: 'memory-backend' | 'cxl-upstream';
}

const DYNAMIC = 'volatile-dc-memdev';

/** Memory modules, which have a slot of the machine's memory and no PCI slot. */
export const MODULES: ReadonlySet<string> = new Set(['pc-dimm', 'nvdimm']);

/** The name that a link has; an empty one leads nowhere, as one that is not given. A backend may be named by its path. */
export const linked = (device: Option, key: string): string | undefined => nameIn(device.value(key) ?? '') || undefined;

const nameIn = (path: string): string => path.replace(/^\/objects\//, '');

/** Against what is there: the device too, which has its id by then. @throws Refusal */
export function checkLink({ key, value, type }: Link, device: Option, all: readonly Option[]): void {
  if (value === '') return;
  const target = all.find((each) => each.value('id') === nameIn(value));
  if (!target) refuse(`Device '${value}' not found`, device);
  const kind = `${target.value('qom-type') ?? target.value('driver')}`;
  if (!kind.startsWith(type)) refuse(`Invalid parameter type for '${key}', expected: ${type}`, device);
}

/** A backend is the memory of one thing: of a Type 3 device. @throws Refusal */
export function checkUses(device: Option, before: readonly Option[], request: Request): void {
  const used = usedBefore(before, request);
  const check = (ids: readonly string[]) => {
    for (const id of ids) {
      if (used.has(id)) refuse(`memory backend ${id} can't be used multiple times.`, device);
      used.add(id);
    }
  };
  lookUnless('backend-shared', request, () => check(mediaOf(device)));
  lookUnless('label-area-shared', request, () => check(labelsOf(device)));
}

/** Of a memory module. Whether the machine has a slot for it is not looked at. @throws Refusal */
export function checkModule(device: Option, before: readonly Option[], request: Request): void {
  const backend = linked(device, 'memdev');
  if (backend === undefined) refuse("'memdev' property must be set", device);
  checkLink({ key: 'memdev', value: backend, type: 'memory-backend' }, device, [...request.line.objects, ...before]);
  if (usedBefore(before, request).has(backend)) refuse(`can't use already busy memdev: ${backend}`, device);
}

/** By the machine's own RAM, and by the devices before. With the quirk, a backend of labels passes for free. */
function usedBefore(before: readonly Option[], { line, quirks }: Request): Set<string> {
  return new Set([
    ...line.numa.flatMap((option) => option.value('memdev') ?? []),
    ...line.machine.flatMap((option) => option.value('memory-backend') ?? []),
    ...before.flatMap(mediaOf),
    ...(quirks.has('label-area-shared') ? [] : before.flatMap(labelsOf)),
  ]);
}

const mediaOf = (device: Option): string[] =>
  [...Object.keys(MEDIA), DYNAMIC].flatMap((key) => linked(device, key) ?? []);

const labelsOf = (device: Option): string[] => [linked(device, 'lsa') ?? []].flat();
