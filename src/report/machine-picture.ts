/**
 * A machine as a picture: what it is made of, and beside it its memory map. A page can show either part alone: the picture has a view
 * of each, `machine` and `map`.
 */
import type { Topology } from '../machine/topology';
import { drawTree } from './machine-tree';
import { drawMap, type Mapped } from './memory-map-picture';
import { heading, MARGIN, STYLE } from './svg';

export const PICTURE_MEDIA_TYPE = 'image/svg+xml';

/** By this media type reports know an empty attachment for a picture that was attached before, by its name. */
export const SAME_PICTURE_MEDIA_TYPE = 'application/vnd.cxl-conformance.same-picture';

export function pictureOfMachine(topology: Topology, mapped: Mapped): string {
  const tree = drawTree(topology);
  const left = tree.width + 2 * MARGIN;
  const map = drawMap(mapped, left);
  const width = Math.ceil(left + map.width);
  const height = Math.ceil(Math.max(tree.height, map.height));
  const mapWidth = width - left + MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<view id="machine" viewBox="0 0 ${tree.width} ${tree.height}"/><view id="map" viewBox="${left - MARGIN} 0 ${mapWidth} ${map.height}"/>
${STYLE}
<rect class="page" width="${width}" height="${height}"/>
${heading(MARGIN, 'machine')}${heading(left, 'memory map and fixed memory windows, to scale')}
${tree.svg}
${map.svg}
</svg>
`;
}

/** A view of a picture, and its size in pixels. */
export interface View {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** Those that a picture has. */
export const viewsOf = (picture: string): View[] =>
  [...picture.matchAll(/<view id="(\w+)" viewBox="\S+ \S+ (\S+) (\S+)"/g)].map(([, id = '', width, height]) => ({
    id,
    width: Number(width),
    height: Number(height),
  }));
