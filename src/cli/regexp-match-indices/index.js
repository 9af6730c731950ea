/**
 * What Cucumber takes the package of this name for, with the indices of groups that Node has had since 16: the package
 * parses expressions to find them, which is most of what it costs to match steps.
 */
const withIndices = new WeakMap();

module.exports = (expression, text) => {
  if (!withIndices.has(expression)) withIndices.set(expression, new RegExp(expression, `${expression.flags}d`));
  return withIndices.get(expression).exec(text);
};
