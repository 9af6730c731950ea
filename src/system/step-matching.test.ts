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
];

test('groups are found where the package finds them that Cucumber would ask', () => {
  const theirs = required('regexp-match-indices/implementation');
  const ours = required('regexp-match-indices');
  const places = (match: RegExpExecArray | null) =>
    match && { groups: [...match], indices: [...(match.indices ?? [])] };
  expect(ours).not.toHaveProperty('getPolyfill'); // by which the package is known
  for (const [expression, text] of SAMPLES)
    expect(places(ours(expression, text))).toEqual(places(theirs.call(expression, text)));
});
