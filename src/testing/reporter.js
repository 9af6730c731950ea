/** What `npm test` reads of a run of unit tests: their counts, and what those that fail say, as JSON. */
const { inspect } = require('node:util');

module.exports = async function* report(events) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  for await (const { type, data } of events) {
    if (data.details?.type === 'suite') continue;
    if (type === 'test:fail') {
      count.failed += 1;
      failures.push(`${data.name}\n${inspect(data.details.error?.cause ?? data.details.error)}`);
    }
    if (type === 'test:pass') count[data.skip === undefined && data.todo === undefined ? 'passed' : 'skipped'] += 1;
  }
  yield JSON.stringify({ ...count, failures });
};
