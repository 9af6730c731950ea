/**
 * What Cucumber takes the package of this name for, with the indices of groups that Node has had since 16: the package
 * parses expressions to find them, which is most of what it costs to match steps.
 */
const withIndices = new WeakMap();

module.exports = (expression, text) => {
  let indexed = withIndices.get(expression);
  if (!indexed) {
    indexed = new RegExp(expression, `${expression.flags}d`);
    withIndices.set(expression, indexed);
  }
  return indexed.exec(text);
};
