import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import type { Resource } from '../machine/host';
import { parseIomem } from './iomem';

const captured = readFileSync(join(__dirname, 'iomem-volatile-region.txt'), 'utf8');
const show = ({ name, children }: Resource): unknown => (children.length > 0 ? [name, ...children.map(show)] : name);

test('a captured tree nests as its lines are indented', () => {
  const roots = parseIomem(captured);
  expect(roots.map(show)).toEqual([
    'Reserved',
    'System RAM',
    ['PCI Bus 0000:0c', ['PCI Bus 0000:0d', ['0000:0d:00.0', 'endpoint2']]],
    ['CXL Window 0', ['region0', ['dax0.0', 'System RAM (kmem)']]],
    'Reserved',
  ]);
});

test('ranges are half-open', () => {
  expect(parseIomem('290000000-38fffffff : CXL Window 0\n')).toEqual([
    { name: 'CXL Window 0', base: 0x2_9000_0000n, size: 0x1_0000_0000n, children: [] },
  ]);
});
