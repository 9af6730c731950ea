/** The package: packed, installed where nothing else is, and called from a folder that is not the project's. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { readVerdicts } from '../report/verdicts';
import { root } from './cucumber';

const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

test('nothing in package.json works only where it is the topmost package', () => {
  const { overrides, dependencies } = require('../../package.json');
  expect(overrides).toBeUndefined();
  expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(`${version}`))).toEqual([]);
});

test('what is packed and installed runs from another folder, with reports there', {
  timeout: 300_000,
}, async (context) => {
  const registry = await execa('npm', ['ping', '--loglevel=error'], { reject: false, timeout: 30_000 });
  if (registry.exitCode !== 0) return context.skip('npm reaches no registry');
  const folder = mkdtempSync(join(tmpdir(), 'cxl-conformance-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const { stdout } = await execa('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
  await execa('npm', ['install', '--global', ...QUIET, '--prefix', folder, join(folder, stdout.trim())]);
  const tree = join(folder, 'tree');
  mkdirSync(tree);
  const command = join(folder, 'bin/cxl-conformance');
  const run = await execa(command, ['run', '--target', 'simulator', '--id', 'E820-1'], { cwd: tree, reject: false });
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  const parts = join(tree, 'reports/parts'); // of a few scenarios
  const [report = ''] = readdirSync(parts);
  const { totals } = await readVerdicts(join(parts, report));
  expect(totals).toMatchObject({ conforms: 5, fails: 0, broken: 0 });
  expect(readdirSync(join(folder, 'lib/node_modules/cxl-conformance/node_modules'))).not.toContain('typescript');
});
