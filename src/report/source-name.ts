/** How people name what source tags of scenarios name. */

/** `CXL r3.1 Section 8.2.4` for the tag `CXL-3.1-8.2.4`; the path of a file of QEMU. */
export function sectionName(tag: string): string {
  const [, specification = '', revision = '', section] = /^([A-Za-z]+)-([\d.]+)-(.+)$/.exec(tag) ?? [];
  return section ? `${specificationName(specification, revision)} Section ${section}` : tag.replace(/^QEMU-/, '');
}

const specificationName = (name: string, revision: string): string =>
  `${name} ${name === 'ACPI' ? '' : 'r'}${revision}`;
