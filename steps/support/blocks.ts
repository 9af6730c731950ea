/** Blocks of dynamic capacity that are offered and accepted, as many as it takes to fill a log or a list. */
import { OPCODE } from '../../src/codec/cxl/mailbox/command';
import type { DcRegion } from '../../src/codec/cxl/mailbox/dynamic-capacity';
import { expectAccepted, logOf } from './ask';
import { encodeInput, encodeInputText } from './payload';
import type { CxlWorld } from './world';

const LOG = 'dynamic capacity';

/** So many extents are in one response: less than fits into a payload of 2 KiB. */
const AT_ONCE = 64;

/** The first `count` blocks of the first region, each in an offer of its own. */
export async function offerBlocks(world: CxlWorld, id: string, { blockSize }: DcRegion, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await offer(world, id, BigInt(n) * blockSize, blockSize);
}

/** The first `count` blocks of the first region, each accepted as an extent of its own; their event records are cleared. */
export async function acceptBlocks(world: CxlWorld, id: string, region: DcRegion, count: number): Promise<void> {
  const { base, blockSize } = region;
  for (let from = 0; from < count; from += AT_ONCE) {
    const blocks = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, n) => BigInt(from + n) * blockSize);
    await offer(world, id, BigInt(from) * blockSize, BigInt(blocks.length) * blockSize);
    const extents = blocks.map((offset) => ({ base: `${base + offset}`, size: `${blockSize}` }));
    const opcode = OPCODE.addDynamicCapacityResponse;
    await expectAccepted(world, id, opcode, encodeInput(opcode, extents));
    const { records } = await logOf(world, id, LOG);
    const handles = records.map(({ header }) => `handle ${header.handle}`);
    const clear = encodeInputText(OPCODE.clearEventRecords, [`log ${LOG}`, ...handles].join(', '));
    await expectAccepted(world, id, OPCODE.clearEventRecords, clear);
  }
}

async function offer(world: CxlWorld, id: string, offset: bigint, len: bigint): Promise<void> {
  const extents = [{ offset, len }];
  const request = { 'host-id': 0, 'selection-policy': 'prescriptive', region: 0, extents };
  await (await world.operator()).command(id, 'cxl-add-dynamic-capacity', request);
}
