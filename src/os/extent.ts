/** What is left of a window. */

import { end } from '../codec/range';
import type { Quirks } from '../ledger/quirks';
import type { ResourceNode } from './resources';
import type { Window } from './topology';

/** As libcxl reckons: the largest extent between regions, whatever else is in the window. */
export function maxAvailableExtent({ cfmws: { window }, resource }: Window, quirks: Quirks): bigint {
  if (quirks.has('extent-forgets-regions')) return window.size;
  const edges = [...regionsIn(resource).flatMap((region) => [region.base, end(region)]), end(window)];
  let largest = 0n;
  let from = window.base;
  for (let i = 0; i < edges.length; i += 2) {
    const extent = (edges[i] as bigint) - from;
    if (extent > largest) largest = extent;
    from = edges[i + 1] ?? from;
  }
  return largest;
}

/** Regions by ascending address, at whatever depth. */
const regionsIn = (node: ResourceNode): ResourceNode[] =>
  node.children.flatMap((child) => (/^region\d+$/.test(child.name) ? [child] : regionsIn(child)));
