/**
 * What V8 has made of JavaScript, kept from one process to the next: loading modules is most of what a short run costs.
 * Node does so itself from 22.1 on. Before, this stands in for the way in which it compiles a module, and keeps all modules
 * in one file, by path and by the digest of their content.
 */
const { createHash, randomUUID } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join } = require('node:path');
const { deserialize, serialize, cachedDataVersionTag } = require('node:v8');
const { Script } = require('node:vm');

const FOLDER = join(__dirname, '../../node_modules/.cache/cxl-conformance/code');

/** Only Node itself can give a module that. */
const IMPORTS = /\bimport\(/;

if (Module.enableCompileCache) Module.enableCompileCache(FOLDER);
else keepCode(join(FOLDER, `${process.version}-${process.arch}-${cachedDataVersionTag()}`));

/** The version is that of V8 with the flags it has now: other code is of no use to it. */
function keepCode(file) {
  const known = read(file);
  const loaded = new Map();
  let missed = 0;
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, path, format, ...rest) {
    if (format === 'module' || IMPORTS.test(content)) return compile.call(this, content, path, format, ...rest);
    const source = content.replace(/^#!.*/, '');
    const digest = createHash('sha1').update(source).digest('latin1');
    const kept = known.get(path);
    const cachedData = kept?.digest === digest ? kept.code : undefined;
    const script = new Script(Module.wrap(source), {
      ...{ filename: path, columnOffset: -Module.wrapper[0].length, cachedData },
    });
    if (!cachedData || script.cachedDataRejected) {
      missed += 1;
      loaded.set(path, { digest, script });
    }
    const run = script.runInThisContext();
    return run.call(this.exports, this.exports, requireOf(this), this, path, dirname(path));
  };
  process.on('exit', () => {
    if (missed > 0) write(file, new Map([...known, ...codeOf(loaded)]));
  });
}

/** With what has been compiled since it was loaded: only what runs is. */
function codeOf(loaded) {
  return [...loaded].map(([path, { digest, script }]) => [path, { digest, code: script.createCachedData() }]);
}

/** What Node gives a module to require others by. */
function requireOf(module) {
  const require = (id) => module.require(id);
  require.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  require.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  return Object.assign(require, { main: process.mainModule, extensions: Module._extensions, cache: Module._cache });
}

function read(file) {
  try {
    return deserialize(readFileSync(file));
  } catch {
    return new Map();
  }
}

/** Whole or not at all, whoever else writes it; a cache that cannot be written is none. */
function write(file, entries) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const making = `${file}.${randomUUID()}`;
    writeFileSync(making, serialize(entries));
    renameSync(making, file);
  } catch {}
}
