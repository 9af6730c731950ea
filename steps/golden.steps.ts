import { join } from 'node:path';
import { Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { captured } from '../src/codec/captured';
import type { CxlWorld } from './support/world';

const GOLDEN = join(__dirname, '..', 'src', 'codec', 'acpi', 'golden');

Then(
  /^the (\w+) is (?:one of )?([\w-]+(?:, [\w-]+)*), byte for byte$/,
  async function (this: CxlWorld, signature: string, names: string) {
    const table = Buffer.from(await (await this.host()).acpiTable(signature)).toString('hex');
    const golden = names.split(', ').map((name) => captured(join(GOLDEN, `${name}.hex`)).toString('hex'));
    expect({ [signature]: table }).toEqual({ [signature]: golden.includes(table) ? table : golden[0] });
  },
);
