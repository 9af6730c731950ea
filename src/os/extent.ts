/** Root decoders: a window, and what is left of it. */

import type { Cfmws } from '../codec/acpi/cedt';
import { end } from '../codec/range';
import type { Quirks } from '../ledger/quirks';
import type { RootDecoder } from '../machine/host';
import { ResourceNode } from './resources';
import type { Window } from './topology';

/** CFMWS restrictions. CXL r3.1 Section 9.18.1.3: CXL Fixed Memory Window Structure (CFMWS). */
const VOLATILE = 4;
const PERSISTENT = 8;

export const describeRootDecoder = (window: Window, quirks: Quirks): RootDecoder => ({
  name: window.decoder,
  ...window.cfmws.window,
  ways: window.cfmws.targets.length,
  targets: window.cfmws.targets,
  volatileCapable: (window.cfmws.restrictions & VOLATILE) !== 0,
  persistentCapable: (window.cfmws.restrictions & PERSISTENT) !== 0,
  maxAvailableExtent: maxAvailableExtent(window, quirks),
});

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

/** Window `n`, with its place among the resources. */
export function windowIn(iomem: ResourceNode, cfmws: Cfmws, n: number): Window {
  const { base, size } = cfmws.window;
  const resource = iomem.insertExpanded(new ResourceNode(`CXL Window ${n}`, base, size));
  return { decoder: `decoder0.${n}`, cfmws, resource };
}
