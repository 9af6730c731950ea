import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { closestGolden, comparable } from './support/golden';
import type { CxlWorld } from './support/world';

Then(
  /^the (\w+) is (?:one of )?([\w-]+(?:, [\w-]+)*), byte for byte$/,
  async function (this: CxlWorld, signature: string, names: string) {
    const table = await (await this.host()).acpiTable(signature);
    const golden = closestGolden(table, names.split(', '));
    if (Buffer.compare(table, golden) === 0) return;
    const { found, expected } = comparable(table, golden);
    expect({ [signature]: found }).toEqual({ [signature]: expected });
  },
);
