/** `-object` of memory backends, Generic Initiators and Generic Ports: QEMU qapi/qom.json. */
import { propertiesOfObject } from '../ledger/objects';
import type { Properties } from '../ledger/property';
import type { Option } from '../options/option';
import { lookUnless, MAX_NODES, type Request, refuse } from './refuse';
import { complaintAboutKind, integer, size } from './values';

/** Types that a CXL machine may have, and that are to be looked at. */
const CONCERNS = /^(memory-backend-|acpi-generic-)/;

/** As the options are read. @throws Refusal */
export function checkObjects(request: Request): void {
  const { line, facts } = request;
  const ids = new Set<string>();
  for (const object of line.objects) {
    const type = object.value('qom-type') ?? '';
    if (!CONCERNS.test(type)) continue;
    const quirk = type.startsWith('acpi-generic-') ? 'generic-affinity-unchecked' : 'objects-unchecked';
    lookUnless(quirk, request, () => {
      const rows = facts.objects.includes(type) ? propertiesOfObject(type) : undefined;
      if (!rows) refuse(`Parameter 'qom-type' does not accept value '${type}'`, object);
      checkProperties(object, rows);
      const id = `${object.value('id')}`;
      if (ids.has(id)) refuse(`Duplicate ID '${id}' for object`, object);
      ids.add(id);
    });
  }
}

function checkProperties(object: Option, rows: Properties): void {
  if (object.value('id') === undefined) refuse("Parameter 'id' is missing", object);
  for (const [key, kind] of object.kinds ?? []) {
    const complaint = complaintAboutKind(NAMING.has(key) ? 'text' : (rows[key]?.type ?? 'list'), key, kind);
    if (complaint) refuse(complaint, object);
  }
  for (const [key, { type, required }] of Object.entries(rows)) {
    const value = object.value(key);
    if (value === undefined && required) refuse(`Parameter '${key}' is missing`, object);
    if (value === undefined) continue;
    if (type === 'size' && size(value) === undefined) refuse(`Parameter '${key}' expects a size value`, object);
    if (type === 'uint32' && (integer(value) ?? -1n) < 0n) refuse(`Parameter '${key}' expects a uint64 value`, object);
  }
  const unknown = object.keys.map((key) => key.replace(/\..*/, '')).find((key) => !NAMING.has(key) && !rows[key]);
  if (unknown !== undefined) refuse(`Invalid parameter '${unknown}'`, object);
}

const NAMING: ReadonlySet<string> = new Set(['qom-type', 'id']);

/** As they are made. QEMU hw/acpi/pci.c: acpi_generic_initiator_set_node(), acpi_generic_port_set_node(). @throws Refusal */
export function checkNodes({ line, quirks }: Request): void {
  for (const object of line.objects) {
    const type = `${object.value('qom-type')}`;
    if (!type.startsWith('acpi-generic-') || Number(object.value('node')) < MAX_NODES) continue;
    const misnamed = type === 'acpi-generic-port' && quirks.has('generic-port-misnamed');
    const named = misnamed ? 'acpi-generic-initiator' : type;
    refuse(`${named}: Invalid NUMA node specified`);
  }
}

/** Of a file a size is a multiple of this. In bytes. */
const PAGE = 4096n;

/** As memory backends are made. QEMU backends/hostmem.c: host_memory_backend_set_size(), system/physmem.c: file_ram_alloc(). @throws Refusal */
export function checkBackends({ line, facts }: Request): void {
  for (const object of line.objects) {
    const type = `${object.value('qom-type')}`;
    const isFile = /^memory-backend-file$/.test(type) && facts.wholePages;
    if (isFile && (size(`${object.value('size')}`) ?? 0n) % PAGE !== 0n)
      refuse(`backend '${type}' memory size must be multiple of 4 KiB`);
    if (type.startsWith('memory-backend-') && size(`${object.value('size')}`) === 0n) {
      refuse(`property 'size' of ${type} doesn't take value '0'`);
    }
  }
}
