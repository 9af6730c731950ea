/** `-object` of memory backends, Generic Initiators and Generic Ports: QEMU qapi/qom.json. */
import type { Option } from '../options/option';
import { lookUnless, MAX_NODES, type Request, refuse } from './refuse';
import { integer, size } from './values';

type Kind = 'size' | 'number' | 'bool' | 'text';

interface Schema {
  readonly required: Readonly<Record<string, Kind>>;
  readonly optional?: readonly string[];
}

const BACKEND = [
  'dump',
  'host-nodes',
  'merge',
  'policy',
  'prealloc',
  'prealloc-context',
  'prealloc-threads',
  'reserve',
  'share',
  'x-use-canonical-path-for-ramblock-id',
];

const SCHEMAS: Readonly<Record<string, Schema>> = {
  'memory-backend-ram': { required: { size: 'size' }, optional: BACKEND },
  'memory-backend-memfd': { required: { size: 'size' }, optional: [...BACKEND, 'hugetlb', 'hugetlbsize', 'seal'] },
  'memory-backend-file': {
    required: { size: 'size', 'mem-path': 'text' },
    optional: [...BACKEND, 'align', 'discard-data', 'offset', 'pmem', 'readonly', 'rom'],
  },
  'acpi-generic-initiator': { required: { 'pci-dev': 'text', node: 'number' } },
  'acpi-generic-port': { required: { 'pci-bus': 'text', node: 'number' } },
};

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
      const schema = facts.objects.includes(type) ? SCHEMAS[type] : undefined;
      if (!schema) refuse(`Parameter 'qom-type' does not accept value '${type}'`, object);
      checkProperties(object, schema);
      const id = `${object.value('id')}`;
      if (ids.has(id)) refuse(`Duplicate ID '${id}' for object`, object);
      ids.add(id);
    });
  }
}

function checkProperties(object: Option, { required, optional = [] }: Schema): void {
  if (object.value('id') === undefined) refuse("Parameter 'id' is missing", object);
  for (const [key, kind] of Object.entries(required)) {
    const value = object.value(key);
    if (value === undefined) refuse(`Parameter '${key}' is missing`, object);
    if (kind === 'size' && size(value) === undefined) refuse(`Parameter '${key}' expects a size value`, object);
    if (kind === 'number' && (integer(value) ?? -1n) < 0n) refuse(`Parameter '${key}' expects a uint64 value`, object);
  }
  const known = new Set(['qom-type', 'id', ...Object.keys(required), ...optional]);
  const unknown = object.keys.find((key) => !known.has(key.replace(/\..*/, '')));
  if (unknown !== undefined) refuse(`Invalid parameter '${unknown}'`, object);
}

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
