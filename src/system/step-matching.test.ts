import { createRequire } from 'node:module';
import { test } from 'node:test';
import { expect } from 'expect';

require('./step-matching.js');

const expressions = createRequire(require.resolve('@cucumber/cucumber/package.json')).resolve(
  '@cucumber/cucumber-expressions',
);
const required = createRequire(expressions);

const SAMPLES: readonly [RegExp, string][] = [
  [/^(\d+) fixed memory windows?$/, '12 fixed memory windows'],
  [/^(\S+) has "((?:[^"\\]|\\.)*)"$/, 'mem0 has "a \\" quote"'],
  [/^(?:a|(b))(?<name>(c)(d)?)(?=e)/, 'ace'],
  [/^no(thing)$/, 'something'],
  [/^windows? (\d)$/, 'window 1'],
  [/^nothing|(some)thing$/, 'something'],
  [/^(a|b)|^c[|(]$/, 'c('],
  [/^ram{2} (\d)/, 'ramm 1'],
  [/^NODE (\d)/i, 'node 1'],
  [/^(?:a|(b)) x/, 'b x'],
];

test('groups are found where the package finds them that Cucumber would ask', () => {
  const theirs = required('regexp-match-indices/implementation');
  const ours = required('regexp-match-indices');
  const places = (match: RegExpExecArray | null) =>
    match && { groups: [...match], indices: [...(match.indices ?? [])] };
  expect(ours).not.toHaveProperty('getPolyfill'); // by which the package is known
  for (const [expression, text] of SAMPLES)
    for (const other of [text, ...SAMPLES.map(([, sample]) => sample)])
      expect(places(ours(expression, other))).toEqual(places(theirs.call(expression, other)));
});
