import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { root } from './cucumber';
import { README, withGlossary } from './glossary';

const readme = readFileSync(join(root, README), 'utf8');

test('the glossary is that of the comments above the step definitions: npm run glossary', () => {
  expect(readme.split('\n')).toEqual(withGlossary(readme, root).split('\n'));
});

test('each shared machine says what it is made of', () => {
  const [, machines = ''] = /<!-- machines: [^\n]*\n(.*)<!-- end of machines/s.exec(readme) ?? [];
  const lines = machines.split('\n').filter(Boolean);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.filter((line) => !line.includes('`: '))).toEqual([]);
});

test('a README without the marks is refused', () => {
  expect(() => withGlossary('# How to read the features\n', root)).toThrow('features/README.md lacks <!-- steps');
});
