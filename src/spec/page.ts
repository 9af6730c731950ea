/** What all pages share: head, navigation, search, foot. */
import { RELEASES } from '../ledger/release';
import type { Content } from './content';
import { type Html, html } from './html';
import { areaPage, PAGES, releasePage } from './links';

export const STYLE_FILE = 'site.css';
export const SCRIPT_FILE = 'search.js';

export interface Page {
  readonly title: string;
  readonly body: Html;
}

export const areasOf = ({ features }: Content): string[] => [...new Set(features.map(({ area }) => area))];

/** A whole document. `made` says by what, and from which runs. */
export function documentOf({ title, body }: Page, content: Content, made: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} - CXL conformance</title>
<link rel="stylesheet" href="${STYLE_FILE}">
<link rel="icon" href="data:,">
</head>
<body>
<header>
<a class="home" href="${PAGES.start}">CXL conformance</a>
<form role="search"><input type="search" id="search" placeholder="Search: Get LSA, 8.2.4.20, cxl_type3.c, T14, E820-1" aria-label="Search" autocomplete="off"></form>
<nav>${menu(
    'Areas',
    areasOf(content).map((area) => [areaPage(area), area]),
  )}
${menu(
  'QEMU releases',
  [...RELEASES].reverse().map((release) => [releasePage(release), release]),
)}
<a href="${PAGES.sections}">Sections</a> <a href="${PAGES.files}">Source files</a> <a href="${PAGES.requirements}">Requirements</a> <a href="${PAGES.defects}">Known defects</a> <a href="${PAGES.planted}">Planted faults</a></nav>
<ol id="found" hidden></ol>
</header>
<main>
${body}
</main>
<footer>${made}</footer>
<script src="${SCRIPT_FILE}"></script>
</body>
</html>
`.text;
}

const menu = (title: string, places: readonly (readonly [string, string])[]): Html =>
  html`<details class="menu"><summary>${title}</summary><div>${places.map(([href, words]) => html`<a href="${href}">${words}</a> `)}</div></details>`;

/** With a heading for each column; the first cell of a row is its heading. On a narrow screen each row is a list. */
export const table = (heading: readonly string[], rows: readonly (readonly (Html | string | number)[])[]): Html =>
  html`<div class="wide"><table class="stack"><thead><tr>${heading.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>
${rows.map(
  ([first = '', ...cells]) =>
    html`<tr><th scope="row">${first}</th>${cells.map((cell, i) => html`<td data-label="${heading[i + 1]}">${cell}</td>`)}</tr>\n`,
)}</tbody></table></div>`;

export const folded = (title: Html | string, body: Html): Html =>
  html`<details><summary>${title}</summary>${body}</details>`;
