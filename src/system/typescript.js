/**
 * How this project's TypeScript is loaded: each version of a file is compiled by ts-node once. What came of it is kept where
 * `npm ci` clears it away; a package brings it along (compile.js) and needs neither ts-node nor TypeScript. Kept by
 * content, so that nothing that is out of date is ever run.
 */
const { createHash, randomUUID } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { SourceMap } = require('node:module');
const { join, relative } = require('node:path');

const ROOT = join(__dirname, '../..');
const PACKED = join(ROOT, 'compiled');
const CACHE = join(ROOT, 'node_modules/.cache/cxl-conformance');
const MAP = '\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,';

/** What a file becomes depends on these, too. */
const recipe = ['package.json', 'tsconfig.json', relative(ROOT, __filename)]
  .map((name) => readFileSync(join(ROOT, name), 'utf8'))
  .join('');
const recipeDigest = createHash('sha1').update(recipe).digest('hex');

/** Where the source map of a file that was loaded is. */
const maps = new Map();

const native = require.extensions['.ts'];
require.extensions['.ts'] = (module, path) => {
  if (path.startsWith(join(ROOT, 'node_modules/'))) return native?.(module, path);
  module._compile(load(path), path);
};

function load(path) {
  const source = readFileSync(path, 'utf8');
  const name = keyOf(path, source);
  for (const folder of [PACKED, CACHE]) {
    try {
      const code = readFileSync(join(folder, name), 'utf8');
      maps.set(path, join(folder, `${name}.map`));
      return code;
    } catch {}
  }
  return keep(compile(source, path), CACHE, name, path);
}

const keyOf = (path, source) =>
  `${createHash('sha1')
    .update(JSON.stringify([recipeDigest, relative(ROOT, path), source]))
    .digest('hex')}.js`;

let compiler;

function compile(source, path) {
  compiler ??= require('ts-node').create({ transpileOnly: true, project: join(ROOT, 'tsconfig.json') });
  const [code, map] = compiler.compile(source, path).split(MAP);
  return { code, map: Buffer.from(map, 'base64').toString() };
}

/** Whole or not at all, whoever else writes it; a cache that cannot be written is none. */
function keep({ code, map }, folder, name, path) {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of [
      [`${name}.map`, map],
      [name, code],
    ]) {
      const making = join(folder, `${file}.${randomUUID()}`);
      writeFileSync(making, text);
      renameSync(making, join(folder, file));
    }
    maps.set(path, join(folder, `${name}.map`));
  } catch {}
  return code;
}

/** Stack traces name lines of the TypeScript; the maps are read when one is looked at. */
Error.prepareStackTrace = (error, frames) =>
  [`${error}`, ...frames.map((frame) => `    at ${placed(frame)}`)].join('\n');

function placed(frame) {
  const path = frame.getFileName();
  const map = path && mapOf(path);
  if (!map) return `${frame}`;
  const { originalLine, originalColumn } = map.findEntry(frame.getLineNumber() - 1, frame.getColumnNumber() - 1);
  if (originalLine === undefined) return `${frame}`;
  return `${frame}`.replace(/:\d+:\d+(\)?)$/, `:${originalLine + 1}:${originalColumn + 1}$1`);
}

function mapOf(path) {
  const known = maps.get(path);
  if (typeof known !== 'string') return known;
  let map;
  try {
    map = new SourceMap(JSON.parse(readFileSync(known, 'utf8')));
  } catch {}
  maps.set(path, map);
  return map;
}

require('./step-matching.js');

exports.compileTo = (folder, path) => {
  const source = readFileSync(path, 'utf8');
  keep(compile(source, path), folder, keyOf(path, source), path);
};
