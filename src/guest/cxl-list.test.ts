import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { parseDecoders } from './cxl-list';

/** What Debian 13's cxl printed on Linux 6.12, QEMU 10.0.13, with a volatile region of 256M. */
const listed = readFileSync(join(__dirname, 'cxl-list-decoders.json'), 'utf8');
const root = JSON.parse(listed)[0]['root decoders'];

test('cxl list -D has the committed decoders of ports and endpoints, and root decoders beside them', () => {
  const range = { base: 0x2_9000_0000n, size: 0x1000_0000n, ways: 1, granularity: 256 };
  expect(parseDecoders(listed)).toEqual([
    { ...range, name: 'decoder2.0', of: 'port' },
    { ...range, name: 'decoder5.0', of: 'endpoint' },
  ]);
});

test('where there are root decoders alone, nothing is committed', () => {
  expect(parseDecoders(JSON.stringify(root))).toEqual([]);
});
