/**
 * Where groups of an expression match, for Cucumber, by what Node has had since 16. The package that Cucumber asks parses
 * expressions to find them, which is most of what it costs to match steps.
 */
const { createRequire, Module } = require('node:module');
const { dirname, join } = require('node:path');

const withIndices = new WeakMap();

function matchIndices(expression, text) {
  let indexed = withIndices.get(expression);
  if (!indexed) {
    indexed = new RegExp(expression, `${expression.flags}d`);
    withIndices.set(expression, indexed);
  }
  return indexed.exec(text);
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
