/** Pieces of a page: what is put into a template is escaped, unless it is such a piece itself. */
import { escaped } from '../report/svg';

export class Html {
  constructor(readonly text: string) {}
}

type Value = Html | string | number | undefined | false | readonly Value[];

export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(parts.map((part, i) => part + textOf(values[i])).join(''));

function textOf(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  return typeof value === 'object' ? value.map(textOf).join('') : escaped(`${value}`);
}

/** The pieces with something between them. */
export const joined = (pieces: readonly Html[], between: string): Html[] =>
  pieces.map((piece, i) => (i === 0 ? piece : html`${between}${piece}`));
