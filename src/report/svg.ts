/** Boxes, lines and words of drawings, in light and in dark. */

export const escaped = (words: string): string => words.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`);

/** Fill of each kind of box: in light, and in dark. */
const FILL = {
  machine: ['#e8edf3', '#2b3440'],
  bridge: ['#cfe3ff', '#1d3f6e'],
  port: ['#e6efff', '#263a57'],
  switch: ['#ffe7c2', '#5c4318'],
  device: ['#d3f2da', '#1f4d2c'],
  node: ['#f3e3f7', '#4a2f52'],
  window: ['#ded2ff', '#44327c'],
  ram: ['#d3f2da', '#1f4d2c'],
  reserved: ['#dfe3e8', '#3a424d'],
  other: ['#fff3c9', '#574a14'],
} as const;

export type Kind = keyof typeof FILL;

const fills = (theme: 0 | 1): string =>
  Object.entries(FILL)
    .map(([kind, colours]) => `.${kind}{fill:${colours[theme]}}`)
    .join('');

/** For whatever is drawn with the functions below. */
export const STYLE = `<style>text{font:12px ui-monospace,"DejaVu Sans Mono",monospace;fill:#1d2733}.head{font-weight:bold}.page{fill:#fff}
.line{fill:none;stroke:#8a97a8}.thin{stroke-opacity:.6}.box{stroke:#8a97a8}.clash{stroke:#d4351c;stroke-width:2}${fills(0)}
@media screen and (prefers-color-scheme:dark){text{fill:#e3e8ef}.page{fill:#161b22}.clash{stroke:#ff7b72}${fills(1)}}</style>`;

/** In pixels: height of a row and of a box in it, width of a character, and space around. */
export const [ROW, BOX, CHARACTER, MARGIN] = [30, 24, 7.3, 16];

/** Where the first row begins, below a heading. */
export const TOP = 46;

export const rowAt = (i: number): number => TOP + i * ROW;

/** Of a box that has room for these words. */
export const widthOf = (words: string): number => Math.ceil(words.length * CHARACTER + 20);

export const box = (x: number, y: number, width: number, height: number, kind: Kind, clash = false): string =>
  `<rect class="box ${kind}${clash ? ' clash' : ''}" x="${x}" y="${y}" width="${width}" height="${height}"${height < BOX ? '' : ' rx="4"'}/>`;

export const line = (path: string, thin = false): string => `<path class="line${thin ? ' thin' : ''}" d="${path}"/>`;

export const label = (x: number, y: number, words: string): string =>
  `<text x="${x}" y="${y + 16}">${escaped(words)}</text>`;

export const heading = (x: number, words: string): string =>
  `<text class="head" x="${x}" y="26">${escaped(words)}</text>`;
