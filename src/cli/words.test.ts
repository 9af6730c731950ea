/** The words of the field: what is not to be said, in features, steps, messages and pages, and what is said in its place. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';

const ROOT = join(__dirname, '../..');

const WORDS: readonly { readonly not: RegExp; readonly use: string }[] = [
  { not: /\btells? of\b/i, use: 'describes, reports, lists, has bit X set' },
  { not: /\btells? the rest\b/i, use: 'gives the rest' },
  { not: /\bheeds?\b/i, use: 'respects, follows' },
  { not: /\bdies of\b|\bis ended by\b/i, use: 'crashes, aborts (with the signal)' },
  { not: /\blives with\b/i, use: 'accepts' },
  { not: /\bask(?:ed|s|ing)? back\b/i, use: 'release is requested' },
  { not: /\bagainst itself\b/i, use: 'checks for consistency' },
  { not: /\bhas no place here\b/i, use: 'unsupported: only ...' },
  { not: /\breboote?d?s? (?:the machine|again)\b|\bis rebooted\b|\bwas rebooted\b/i, use: 'is reset' },
  { not: /\bnot tried any more\b/i, use: 'not retried after N failures' },
  { not: /\btold the host of\b/i, use: 'has logged these event records' },
  { not: /\binterrupts? so:/i, use: 'the event interrupt policy is' },
  { not: /\bin turns of\b|\btakes? turns\b|\bdata of its turns\b/i, use: 'interleave granularity, interleaves across' },
  { not: /\bpasses on holds\b/i, use: '_CRS covers' },
  { not: /\bnobody (?:knows (?:it|them|the|of)|looks)\b/i, use: 'is unknown, is not checked' },
];

/** This list itself. */
const EXEMPT = /^src\/cli\/words\.test\.ts$/;

const PLACES = ['features', 'steps', 'src', 'README.md', 'reports/README.md'] as const;

const files = PLACES.flatMap((place) =>
  place.endsWith('.md')
    ? [place]
    : readdirSync(join(ROOT, place), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:feature|ts|md)$/.test(name))
        .map((name) => join(place, name)),
).filter((file) => !EXEMPT.test(file));

for (const { not, use } of WORDS) {
  test(`nothing says ${not.source}: ${use}`, () => {
    const found = files.flatMap((file) =>
      readFileSync(join(ROOT, file), 'utf8')
        .split('\n')
        .flatMap((line, n) => (not.test(line) ? [`${file}:${n + 1}: ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });
}
