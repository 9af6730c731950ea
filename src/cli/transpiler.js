/**
 * How ts-node makes JavaScript of TypeScript: with TypeScript's transpileModule(), but each version of a file only once,
 * for that is most of what it costs to start. What it made is kept where `npm ci` clears it away.
 */
const { createHash, randomUUID } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { version } = require('typescript/package.json');

/** What a file becomes depends on this one, too. */
const recipe = readFileSync(__filename, 'utf8');

const CACHE = join(__dirname, '../../node_modules/.cache/cxl-conformance');

exports.create = ({ service: { config } }) => ({
  transpile(source, { fileName }) {
    const identity = JSON.stringify([version, recipe, config.options, fileName, source]);
    const path = join(CACHE, `${createHash('sha1').update(identity).digest('hex')}.json`);
    try {
      return JSON.parse(readFileSync(path, 'utf8'));
    } catch {
      const made = transpile(source, fileName, config.options);
      keep(path, made);
      return made;
    }
  },
});

function transpile(source, fileName, options) {
  const { ModuleKind, transpileModule } = require('typescript');
  const compilerOptions = { ...options, module: ModuleKind.CommonJS, esModuleInterop: true };
  const { outputText, sourceMapText } = transpileModule(source, { fileName, compilerOptions });
  return { outputText, sourceMapText };
}

/** Whole or not at all, whoever else writes it; a cache that cannot be written is none. */
function keep(path, made) {
  try {
    mkdirSync(CACHE, { recursive: true });
    const making = `${path}.${randomUUID()}`;
    writeFileSync(making, JSON.stringify(made));
    renameSync(making, path);
  } catch {}
}
