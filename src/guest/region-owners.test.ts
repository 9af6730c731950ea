import { test } from 'node:test';
import { expect } from 'expect';
import { isAssembled, parseListed } from './region-owners';

for (const [title, line, assembled] of [
  [
    'persistent with a uuid is created',
    'region0 16847 decoder0.0 82a7bab8-62ac-483c-beeb-b181f3d77235 mem0,pci0000:0c,16319',
    false,
  ],
  [
    'persistent without is assembled',
    'region0 16300 decoder0.0 00000000-0000-0000-0000-000000000000 mem0,pci0000:0c,16319',
    true,
  ],
  ['volatile and newer than its memdev is created', 'region1 16973 decoder0.1 - mem2,pci0000:0c,16505', false],
  ['volatile and older than its memdev is assembled', 'region1 16400 decoder0.1 - mem2,pci0000:0c,16505', true],
  ['volatile on a memdev without poison list is either', 'region1 16400 decoder0.1 - mem2,pci0000:0c,', undefined],
] as const) {
  test(`a region that is ${title}`, () => {
    expect(parseListed(line).map(isAssembled)).toEqual([assembled]);
  });
}
