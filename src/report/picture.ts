/** `summary.svg`: the summary as a terminal shows it, for a page or a merge request. */
import { VERDICTS, type Verdict } from '../ledger/verdict';
import { summaryOf } from './summary';
import { escaped } from './svg';
import type { Verdicts } from './verdicts';

const COLOUR: Readonly<Record<Verdict, string>> = {
  conforms: '#7ee787',
  known: '#e3b341',
  'not-applicable': '#79c0ff',
  fails: '#ff7b72',
  fixed: '#ff7b72',
  broken: '#d2a8ff',
};

/** Of a character cell and the margin, in pixels. */
const CELL = { width: 8.4, height: 20, margin: 16 };

/** Where a painted text begins and ends: characters that no summary has. */
const [BEGIN, END] = ['\u0001', '\u0002'];

export function pictureOf(verdicts: Verdicts): string {
  const lines = summaryOf(verdicts, (verdict, text) => `${BEGIN}${VERDICTS.indexOf(verdict)}${text}${END}`)
    .trimEnd()
    .split('\n');
  const longest = Math.max(...lines.map((line) => line.length));
  const [width, height] = [longest * CELL.width + 2 * CELL.margin, lines.length * CELL.height + 2 * CELL.margin];
  const rows = lines.map(
    (line, i) =>
      `<text x="${CELL.margin}" y="${CELL.margin + (i + 0.75) * CELL.height}">${coloured(escaped(line))}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${height}">
<title>${escaped(lines[0] ?? '')}</title>
<style>text { font: 14px ui-monospace, "DejaVu Sans Mono", monospace; fill: #e6edf3; white-space: pre }</style>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${rows.join('\n')}
</svg>
`;
}

const coloured = (text: string): string =>
  text.replace(
    RegExp(`${BEGIN}(\\d)([^${END}]*)${END}`, 'g'),
    (_, verdict, body) => `<tspan fill="${COLOUR[VERDICTS[verdict] as Verdict]}">${body}</tspan>`,
  );
