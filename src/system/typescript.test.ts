import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';

test('a stack trace names the line of the TypeScript', () => {
  interface Erased {
    readonly nothing: string;
  }
  const { stack } = new Error('here') as Error & Partial<Erased>;
  const lines = readFileSync(__filename, 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes("Error('here')")) + 1;
  expect(stack?.split('\n')[1]).toContain(`${__filename}:${line}:`);
});

test('a file that has changed is compiled again', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'cxl-conformance-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'answer.ts');
  const loaded = (source: string) => {
    writeFileSync(path, source);
    delete require.cache[path];
    return require(path);
  };
  expect(loaded('export const answer: number = 1;')).toMatchObject({ answer: 1 });
  expect(loaded('export const answer: number = 2;')).toMatchObject({ answer: 2 });
  expect(loaded('export const answer: number = 1;')).toMatchObject({ answer: 1 });
});
