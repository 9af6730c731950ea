/**
 * Where groups of an expression match, for Cucumber, by what Node has had since 16. The package that Cucumber asks parses
 * expressions to find them, which is most of what it costs to match steps.
 */
const { createRequire, Module } = require('node:module');
const { dirname, join } = require('node:path');

const withIndices = new WeakMap();

function matchIndices(expression, text) {
  let known = withIndices.get(expression);
  if (!known) {
    known = { beginning: beginningOf(expression), indexed: undefined };
    withIndices.set(expression, known);
  }
  if (!text.startsWith(known.beginning)) return null;
  known.indexed ??= new RegExp(expression, `${expression.flags}d`);
  return known.indexed.exec(text);
}

/** What each text begins with that the expression matches: most steps are told apart by it, and no expression is compiled. */
function beginningOf({ source, flags }) {
  if (flags || alternates(source)) return '';
  const [, letters, quantifier] = /^\^([\w ,:'"-]*)([?*+{]?)/.exec(source) ?? [];
  return quantifier ? letters.slice(0, -1) : (letters ?? '');
}

/** Whether there is an alternative to the whole of it. */
function alternates(source) {
  const plain = source.replace(/\\.|\[(?:\\.|[^\]\\])*\]/g, '');
  let depth = 0;
  for (const letter of plain) {
    if (letter === '(') depth += 1;
    else if (letter === ')') depth -= 1;
    else if (letter === '|' && depth === 0) return true;
  }
  return false;
}

const cucumber = createRequire(require.resolve('@cucumber/cucumber/package.json'));
const expressions = cucumber.resolve('@cucumber/cucumber-expressions');
const replaced = createRequire(expressions).resolve('regexp-match-indices');
const user = require.cache[join(dirname(expressions), 'TreeRegexp.js')];

if (user) patch(user.exports.default.prototype);
else replace(replaced);

/** Cucumber was there first. */
function patch(treeRegexp) {
  treeRegexp.match = function (text) {
    const match = matchIndices(this.regexp, text);
    let group = 0;
    return match && this.groupBuilder.build(match, () => group++);
  };
}

function replace(path) {
  const module = new Module(path);
  Object.assign(module, { filename: path, loaded: true, exports: matchIndices });
  require.cache[path] = module;
}
