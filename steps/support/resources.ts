/** Resources of the operating system, as `/proc/iomem` has them. */
import { expect } from 'expect';
import { E820_TYPE, type E820Entry } from '../../src/codec/acpi/e820';
import { overlap, type Range, showRange } from '../../src/codec/range';
import type { Resource } from '../../src/machine/host';

/** The first resource of that name, at whatever depth. */
export function namedAnywhere(resources: readonly Resource[], name: string): Resource | undefined {
  for (const resource of resources) {
    const hit = resource.name === name ? resource : namedAnywhere(resource.children, name);
    if (hit) return hit;
  }
  return undefined;
}

/** As `/proc/iomem` shows it: a line each, indented by depth. */
export function showResource(resource: Resource, depth = 0): string[] {
  const line = `${'  '.repeat(depth)}${resource.name} ${showRange(resource)}`;
  return [line, ...resource.children.flatMap((child) => showResource(child, depth + 1))];
}

/** Resources that nest, the outermost first. */
export interface Nested {
  readonly names: readonly string[];
  /** Whether E820 has the memory as soft reserved. */
  readonly softReserved: boolean;
}

/** `a region of soft reserved memory, a dax device and System RAM (kmem)`. */
export function nestedNamed(text: string): Nested {
  const softReserved = text.includes(SOFT_RESERVED);
  const names = text.replace(SOFT_RESERVED, '').split(/, | and /);
  return { names: names.map((name) => name.replace(/^a (\w+)( device| resource)?$/, '$1')), softReserved };
}

const SOFT_RESERVED = ' of soft reserved memory';

/** Names of what is inside a window, each in the one before; with its range where that is not `first`. */
export function nestedIn(window: Resource, first: Range): string[] {
  const [, ...inside] = showResource(window);
  return inside
    .map((line, depth) => line.replace('  '.repeat(depth + 1), '').replace(` ${showRange(first)}`, ''))
    .map((name) => name.replace(/^(region|dax)[\d.]+$/, '$1'));
}

export function expectSoftReserved(map: readonly E820Entry[], range: Range): void {
  const reserved = map.filter((entry) => entry.type === E820_TYPE.SOFT_RESERVED && overlap(entry, range));
  const what = 'SOFT_RESERVED in E820';
  expect({ [what]: reserved.map(showRange) }).toEqual({ [what]: [showRange(range)] });
}
