import { expect } from 'expect';

/** `toMatchObject` as it is; what it throws has both sides, as what other matchers throw has. */
expect.extend({
  toMatchObject(received: unknown, expected: unknown) {
    const testers = [...this.customTesters, this.utils.iterableEquality, this.utils.subsetEquality];
    const pass = this.equals(received, expected, testers);
    const message = () => `expected ${this.utils.stringify(expected)}, received ${this.utils.stringify(received)}`;
    return { pass, message, actual: received, expected, name: 'toMatchObject' };
  },
});
