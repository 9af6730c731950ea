import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { expect } from 'expect';

/** A project with the cache in it, and a module; what the module yields when it is loaded in a process of its own. */
function project(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'cxl-conformance-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const cache = join(folder, 'src/system/code-cache.js');
  cpSync(join(__dirname, 'code-cache.js'), cache, { recursive: true });
  const load = (source: string): string => {
    const path = join(folder, 'module.js');
    writeFileSync(path, source);
    return execFileSync(process.execPath, ['--require', cache, '-p', `require(${JSON.stringify(path)})`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  };
  const kept = () => readdirSync(join(folder, 'node_modules/.cache/cxl-conformance/code'));
  return { load, kept };
}

test('a module is loaded with what has been kept of it, and does the same', (context) => {
  const { load, kept } = project(context);
  const source = 'module.exports = [require("node:path").basename(__filename), typeof require.resolve].join();';
  expect(load(source)).toBe('module.js,function');
  expect(kept()).not.toEqual([]);
  expect(load(source)).toBe('module.js,function');
});

test('a module that has changed is not what it was, even if it is as long', (context) => {
  const { load } = project(context);
  expect(load('module.exports = 1;')).toBe('1');
  expect(load('module.exports = 2;')).toBe('2');
});

test('a module may import another one', (context) => {
  const { load } = project(context);
  const source = 'module.exports = typeof import("node:path").then;';
  expect([load(source), load(source)]).toEqual(['function', 'function']);
});
