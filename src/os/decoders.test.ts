import { test } from 'node:test';
import { expect } from 'expect';
import type { Range } from '../codec/range';
import type { HdmDecoders } from '../driver/hdm-decoders';
import { DEFAULT_LINUX, Linux } from '../ledger/linux';
import { committedDecoders } from './decoders';
import { Port } from './port';
import type { CxlTopology } from './topology';

const MIB = 1n << 20n;
const mapped: Range = { base: 4096n * MIB, size: 512n * MIB };
const half: Range = { ...mapped, size: 256n * MIB };

const committedTo = (...ranges: Range[]) =>
  ({ committed: async () => ranges.map((range) => ({ range, ways: 1, granularity: 256 })) }) as unknown as HdmDecoders;

/** What is said of the port above an endpoint that maps `mapped`. */
async function unmappedAbove(decoders: HdmDecoders | undefined): Promise<readonly string[] | undefined> {
  const port = new Port('host bridge 12', decoders, new Linux(DEFAULT_LINUX));
  const endpoint = { memdev: { host: '0000:0d:00.0' }, decoders: committedTo(mapped), path: [{ port, below: 0 }] };
  const topology = { bridges: new Map([[12, { uid: 12, port }]]), switches: new Map(), endpoints: [endpoint] };
  const found = await committedDecoders(topology as unknown as CxlTopology);
  return found.find(({ of }) => of === 'endpoint')?.unmappedAbove;
}

const cases: { title: string; decoders: HdmDecoders | undefined; expected: readonly string[] | undefined }[] = [
  { title: 'has all of its range maps it', decoders: committedTo(half, mapped), expected: undefined },
  { title: 'has no decoders passes it on', decoders: undefined, expected: undefined },
  { title: 'has no committed decoder is named', decoders: committedTo(), expected: ['host bridge 12'] },
  { title: 'has part of its range is named', decoders: committedTo(half), expected: ['host bridge 12'] },
];

for (const { title, decoders, expected } of cases) {
  test(`A port above an endpoint's decoder that ${title}`, async () => {
    expect(await unmappedAbove(decoders)).toEqual(expected);
  });
}
