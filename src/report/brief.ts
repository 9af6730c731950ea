/** A failure in a line, and whether two failures are alike but for numbers. */
import { stripVTControlCharacters } from 'node:util';
import { firstLine } from './collect';

/** Of values that differ, all of them; of anything else, the first line. */
export function brief(reason: string): string {
  const plain = stripVTControlCharacters(reason);
  const told = valuesIn(plain);
  return told.length > 0 ? told.map(inOneSpace).join('; ') : firstLine(plain);
}

/** A value that differs, as src/report/difference.ts writes it. */
const DIFFERING = /\bexpected .*; received /;

/** The lines that have a value: those that name it, else those of `expect`; none if neither of them speaks. */
function valuesIn(plain: string): string[] {
  const lines = plain.split('\n');
  const named = lines.filter((line) => DIFFERING.test(line));
  if (named.length > 0) return named;
  const differing = lines.filter((line) => /^\s*[-+] /.test(line) && !/^\s*[-+] (Expected|Received)\b/.test(line));
  return differing.length > 0 ? differing : lines.filter((line) => /^(Expected|Received)\b/.test(line));
}

const inOneSpace = (line: string): string => line.trim().replace(/\s+/g, ' ');

/** What failures with one cause have in common, as far as their words tell: step and values, or else the words alone; no numbers. */
export function likenessOf(step: string, reason: string): string {
  const isCompared = valuesIn(stripVTControlCharacters(reason)).length > 0;
  return withoutNumbers(isCompared ? `${step}\n${brief(reason)}` : brief(reason));
}

/** What came instead of what was expected, without numbers. */
export function receivedIn(reason: string): string {
  const values = valuesIn(stripVTControlCharacters(reason)).map(inOneSpace);
  const received = values.filter((line) => /^(\+|Received)/.test(line) || DIFFERING.test(line));
  const came = received.map((line) => line.replace(DIFFERING, 'received '));
  return withoutNumbers(came.length > 0 ? came.join('; ') : brief(reason));
}

export const withoutNumbers = (text: string): string => text.replace(/\b(0x[0-9a-f_]+|\d+[KMGT]?)\b/gi, '#');
