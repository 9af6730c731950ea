/** Where in which device accesses to windows land, with decoders programmed: looked for in the media, from outside. */
import { decodeCedt } from '../codec/acpi/cedt';
import { BLOCK_ID } from '../codec/cxl/dvsec';
import { locate } from '../codec/cxl/interleave';
import { contains, hex } from '../codec/range';
import { HdmDecoders } from '../driver/hdm-decoders';
import { registerBlocks } from '../driver/register-blocks';
import type { Comparator, Specimen } from './comparator';
import type { Tree } from './difference';
import { cxlFunctions } from './functions';
import { type PlacedRegion, placeRegions } from './regions';
import { tableIfAny } from './tables';

const WORD = 8n;
/** Of what is written, so that nothing else looks like it. */
const MARK = 0x4c58_4300_0000_0000n;

export const landings: Comparator = {
  name: 'decode',
  observe: async (specimen) => {
    const cedt = decodeCedt((await tableIfAny(specimen, 'CEDT')) ?? new Uint8Array());
    const regions = placeRegions(
      specimen.draw,
      cedt.filter((structure) => structure.kind === 'CFMWS'),
    );
    const decoders = await decodersOf(specimen, cedt);
    if (specimen.draw.enabled) for (const each of decoders.values()) await each.enable();
    const commits = await commitAll(regions, decoders);
    const touched: Record<string, Tree> = {};
    for (const [n, { region, offset }] of specimen.draw.touches.entries()) {
      const within = regions[region % Math.max(1, regions.length)];
      if (!within || within.size === 0n) continue;
      const address = within.base + ((BigInt(offset) % within.size) / WORD) * WORD;
      touched[`write to ${hex(address)}`] = await touch(specimen, decoders, address, MARK + BigInt(n));
    }
    return { commits, touched };
  },
};

/** Of host bridges, switches and devices, by id; those that have none are left out. */
async function decodersOf(specimen: Specimen, cedt: ReturnType<typeof decodeCedt>) {
  const { machine, draw } = specimen;
  const found = new Map<string, HdmDecoders>();
  const remember = async (id: string, registers: bigint | undefined) => {
    const decoders = registers === undefined ? undefined : await HdmDecoders.find(machine, registers);
    if (decoders) found.set(id, decoders);
  };
  for (const { id, bus } of draw.topology.hostBridges) {
    const chbs = cedt.find((structure) => structure.kind === 'CHBS' && structure.uid === bus);
    await remember(id, chbs?.kind === 'CHBS' ? chbs.registers.base : undefined);
  }
  for (const { id, kind, device } of await cxlFunctions(specimen)) {
    if (kind === 'other') continue;
    await remember(id, (await registerBlocks(device)).get(BLOCK_ID.component));
  }
  return found;
}

/** Each region takes the next decoder of whatever it runs through. Yields what became of it. */
async function commitAll(regions: readonly PlacedRegion[], decoders: ReadonlyMap<string, HdmDecoders>): Promise<Tree> {
  const used = new Map<string, number>();
  const results: Record<string, Tree> = {};
  for (const { of, programming } of regions.flatMap(({ steps }) => steps)) {
    const n = used.get(of) ?? 0;
    const mine = decoders.get(of);
    if (!mine || n >= mine.count) continue;
    used.set(of, n + 1);
    results[`decoder ${n} of ${of}`] = await mine.commit(n, programming);
  }
  return results;
}

/** What became of eight bytes that were written there. */
async function touch(
  specimen: Specimen,
  decoders: ReadonlyMap<string, HdmDecoders>,
  address: bigint,
  value: bigint,
): Promise<Tree> {
  const { machine, draw } = specimen;
  await machine.write64(address, value);
  const reads = await machine.read64(address);
  const landed: string[] = [];
  for (const type3 of draw.topology.type3s) {
    const capacity = type3.volatile + type3.persistent + (type3.dynamic?.capacity ?? 0n);
    const mine = decoders.get(type3.id);
    for (const dpa of mine ? await dpasOf(mine, address) : []) {
      if (dpa + WORD > capacity) continue;
      const bytes = Buffer.from(await machine.readMedia(type3.id, dpa, Number(WORD)));
      if (bytes.readBigUInt64LE() === value) landed.push(`${type3.id} at DPA ${hex(dpa)}`);
    }
  }
  return { reads, landed };
}

/** The DPAs that a device could make of an address: one for each decoder that claims it. */
async function dpasOf(decoders: HdmDecoders, address: bigint): Promise<bigint[]> {
  const found = new Set<bigint>();
  let base = 0n;
  for (const { range, ways, granularity, skip } of await decoders.committed()) {
    base += skip;
    if (contains(range, address)) found.add(base + locate(address - range.base, { ways, granularity }).offset);
    base += range.size / BigInt(ways);
  }
  return [...found];
}
