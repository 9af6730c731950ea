/** Types of `-object` that a CXL machine is made of, and their properties: QEMU qapi/qom.json. */
import { isIn, type Properties } from './property';

const HOST = { ofHost: true } as const;

const BACKEND: Properties = {
  size: { type: 'size', required: true },
  dump: { type: 'bool', ...HOST },
  'host-nodes': { type: 'list', ...HOST },
  merge: { type: 'bool', ...HOST },
  policy: { type: 'text', ...HOST },
  prealloc: { type: 'bool', ...HOST },
  'prealloc-context': { type: 'text', ...HOST },
  'prealloc-threads': { type: 'uint32', ...HOST },
  reserve: { type: 'bool' },
  share: { type: 'bool' },
  'x-use-canonical-path-for-ramblock-id': { type: 'bool', ...HOST },
};

const FILE: Properties = {
  'mem-path': { type: 'text', required: true },
  align: { type: 'size', ...HOST },
  'discard-data': { type: 'bool', ...HOST },
  offset: { type: 'size', from: '8.1', ...HOST },
  pmem: { type: 'bool', ...HOST },
  readonly: { type: 'bool', ...HOST },
  rom: { type: 'text', from: '8.2', ...HOST },
};

const MEMFD: Properties = {
  hugetlb: { type: 'bool', ...HOST },
  hugetlbsize: { type: 'size', ...HOST },
  seal: { type: 'bool' },
};

const NODE: Properties = { node: { type: 'uint32', required: true } };

/** An object that is not in all releases has the first one. */
const OBJECTS: Readonly<Record<string, { readonly from?: string; readonly properties: Properties }>> = {
  'memory-backend-ram': { properties: BACKEND },
  'memory-backend-file': { properties: { ...BACKEND, ...FILE } },
  'memory-backend-memfd': { properties: { ...BACKEND, ...MEMFD } },
  'acpi-generic-initiator': {
    from: '9.0',
    properties: { 'pci-dev': { type: 'text', required: true }, ...NODE },
  },
  'acpi-generic-port': { from: '9.2', properties: { 'pci-bus': { type: 'text', required: true }, ...NODE } },
};

/** Of a release such as `10.0.13`; of any release unless it is given. */
export const objectsOf = (release?: string): string[] =>
  Object.keys(OBJECTS).filter((type) => isIn(release, OBJECTS[type]?.from));

/** Since when QEMU has a type; undefined for one that all releases have, or none. */
export const objectFrom = (type: string): string | undefined => OBJECTS[type]?.from;

/** Undefined for a type that is not known here. */
export const propertiesOfObject = (type: string): Properties | undefined => OBJECTS[type]?.properties;

/** Whether it is about the host's memory, whatever the type. */
export const isOfHost = (property: string): boolean =>
  Object.values(OBJECTS).some(({ properties }) => properties[property]?.ofHost);
