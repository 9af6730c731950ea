/** For `npm pack`: compiles what a package needs into `compiled/`, where typescript.js looks first. */
const { readdirSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { compileTo } = require('./typescript.js');

const ROOT = join(__dirname, '../..');
const COMPILED = join(ROOT, 'compiled');

rmSync(COMPILED, { recursive: true, force: true });
for (const top of ['src', 'steps']) {
  const names = readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' });
  const sources = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  for (const name of sources) compileTo(COMPILED, join(ROOT, top, name));
}
