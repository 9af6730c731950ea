import { showRange } from '../../src/codec/range';
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
