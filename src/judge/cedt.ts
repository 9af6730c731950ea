/** CXL r3.1 Section 9.18.1: CXL Early Discovery Table (CEDT): whether each structure is well formed, and they agree. */
import { CEDT_TYPE, CfmwsLayout, ChbsLayout, CximsLayout, cfmwsTargets, RecordHeader } from '../codec/acpi/cedt';
import { type Structure, structuresOf } from '../codec/acpi/structures';
import { sum, TableHeader } from '../codec/acpi/table';
import { isInterleave, waysOf } from '../codec/cxl/interleave';
import { DecodeError } from '../codec/decode-error';
import { hex, overlap, type Range, showRange } from '../codec/range';
import type { Finding, FindingKind } from './finding';

const REVISIONS = [1, 2];

/** Length of what a CHBS points to, by its CXL Version: an RCRB of CXL 1.1, component registers since. */
const REGISTERS = [0x2000n, 0x1_0000n];

const MIB_256 = 0x1000_0000n;

const MODULO = 0;
const XOR = 1;

/** Bits of Window Restrictions: coherence that the window serves, and kinds of memory; each needs one. */
const COHERENCE = 0b10_0011;
const MEMORY = 0b1100;
const RESTRICTIONS = 0b11_1111;

/** Bytes of a target, and of a bitmap. */
const TARGET = 4;
const BITMAP = 8;

/** How many bitmaps XOR arithmetic takes for so many ways; none for 1 and 3. */
const BITMAPS: Readonly<Record<number, number>> = { 2: 1, 4: 2, 8: 3, 16: 4, 6: 1, 12: 2 };

/** A CFMWS that could be read. */
interface Window {
  readonly name: string;
  readonly range: Range;
  readonly ways: number | undefined;
  readonly granularity: number;
  readonly arithmetic: number;
  readonly targets: readonly number[];
}

interface Bridge {
  readonly name: string;
  readonly uid: number;
  readonly registers: Range;
}

/** Each mistake in a whole CEDT; structures of unknown types are passed over, as software does. */
export function judgeCedt(table: Uint8Array): Finding[] {
  const { revision, length } = TableHeader.decode(table);
  const findings: Finding[] = [
    ...unless('cedt-checksum', sum(table) === 0, `the bytes of CEDT add up to ${hex(sum(table))}, not to 0`),
    ...unless('cedt-header', REVISIONS.includes(revision), `CEDT has revision ${revision}, not 1 or 2`),
    ...unless('cedt-header', length === table.length, `CEDT has ${table.length} bytes, and says ${length}`),
  ];
  try {
    const structures = structuresOf(table, TableHeader.size, RecordHeader);
    return [...findings, ...judgeStructures(structures)];
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return [...findings, { kind: 'cedt-length', message: `CEDT cannot be read to its end: ${error.message}` }];
  }
}

function judgeStructures(structures: readonly Structure[]): Finding[] {
  const ofType = (type: number) => structures.filter((each) => each.type === type);
  const findings: Finding[] = [];
  const bridges = ofType(CEDT_TYPE.CHBS).flatMap((each, i) =>
    read(findings, `CHBS ${i}`, () => chbs(each, i, findings)),
  );
  const windows = ofType(CEDT_TYPE.CFMWS).flatMap((each, i) =>
    read(findings, `CFMWS ${i}`, () => cfmws(each, i, findings)),
  );
  const maps = ofType(CEDT_TYPE.CXIMS).flatMap((each, i) =>
    read(findings, `CXIMS ${i}`, () => cxims(each, i, findings)),
  );
  return [
    ...findings,
    ...bridges.flatMap((bridge, i) => judgeBridge(bridge, bridges.slice(0, i))),
    ...windows.flatMap((window, i) => judgeWindow(window, bridges, windows.slice(0, i), maps)),
  ];
}

/** What `decode` makes of a structure; none, with a finding, if it is too short. */
function read<T>(findings: Finding[], name: string, decode: () => T): T[] {
  try {
    return [decode()];
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    findings.push({ kind: 'cedt-length', message: `${name} is too short: ${error.message}` });
    return [];
  }
}

function chbs({ bytes }: Structure, index: number, findings: Finding[]): Bridge {
  const { reserved, reserved2, recordLength, uid, cxlVersion, base, length } = ChbsLayout.decode(bytes);
  const name = `CHBS ${index} (UID ${uid})`;
  const wanted = REGISTERS[cxlVersion];
  findings.push(
    ...unless(
      'cedt-length',
      recordLength === ChbsLayout.size,
      `${name} has length ${recordLength}, not ${ChbsLayout.size}`,
    ),
    ...unless('cedt-reserved', reserved === 0 && reserved2 === 0, `${name} has a reserved field that is not 0`),
    ...unless('chbs-version', wanted !== undefined, `${name} has CXL Version ${cxlVersion}, not 0 or 1`),
    ...unless(
      'chbs-registers',
      wanted === undefined || length === wanted,
      `${name} has ${hex(length)} bytes of registers, not ${hex(wanted ?? 0n)}`,
    ),
    ...unless(
      'chbs-registers',
      base % (wanted ?? 1n) === 0n && base > 0n,
      `${name} has registers at ${hex(base)}, which is not aligned to their size`,
    ),
  );
  return { name, uid, registers: { base, size: length } };
}

function cfmws({ bytes }: Structure, index: number, findings: Finding[]): Window {
  const fields = CfmwsLayout.decode(bytes);
  const { recordLength, encodedWays, encodedGranularity, arithmetic, restrictions } = fields;
  const range = { base: fields.baseHpa, size: fields.windowSize };
  const name = `CFMWS ${index} (${showRange(range)})`;
  const ways = waysOf(encodedWays);
  const size = CfmwsLayout.size + TARGET * (ways ?? 0);
  const isZero = fields.reserved === 0 && fields.reserved2 === 0 && fields.reserved3 === 0;
  findings.push(
    ...unless(
      'cedt-length',
      ways === undefined || recordLength === size,
      `${name} has length ${recordLength}, not ${size}`,
    ),
    ...unless('cedt-reserved', isZero, `${name} has a reserved field that is not 0`),
    ...unless('cfmws-interleave', ways !== undefined, `${name} has interleave ways ${encodedWays}, which is reserved`),
    ...unless(
      'cfmws-interleave',
      isInterleave(0, encodedGranularity),
      `${name} has granularity ${encodedGranularity}, which is reserved`,
    ),
    ...unless(
      'cfmws-interleave',
      arithmetic === MODULO || arithmetic === XOR,
      `${name} has interleave arithmetic ${arithmetic}, which is reserved`,
    ),
    ...unless('cfmws-range', range.base % MIB_256 === 0n, `${name} begins at no multiple of 256 MiB`),
    ...unless(
      'cfmws-range',
      range.size > 0n && range.size % (MIB_256 * BigInt(ways ?? 1)) === 0n,
      `${name} has a size that is no multiple of 256 MiB times its ${ways ?? 1} ways`,
    ),
    ...unless(
      'cfmws-restrictions',
      (restrictions & ~RESTRICTIONS) === 0,
      `${name} has reserved bits in Window Restrictions ${hex(restrictions)}`,
    ),
    ...unless(
      'cfmws-restrictions',
      (restrictions & COHERENCE) !== 0,
      `${name} allows no kind of coherence: Window Restrictions ${hex(restrictions)}`,
    ),
    ...unless(
      'cfmws-restrictions',
      (restrictions & MEMORY) !== 0,
      `${name} allows neither volatile nor persistent memory: Window Restrictions ${hex(restrictions)}`,
    ),
  );
  return { name, range, ways, granularity: encodedGranularity, arithmetic, targets: cfmwsTargets(bytes, ways ?? 0) };
}

function cxims({ bytes }: Structure, index: number, findings: Finding[]) {
  const { reserved, reserved2, recordLength, encodedGranularity, bitmaps } = CximsLayout.decode(bytes);
  const name = `CXIMS ${index}`;
  const size = CximsLayout.size + BITMAP * bitmaps;
  findings.push(
    ...unless(
      'cedt-length',
      recordLength === size,
      `${name} has length ${recordLength}, not ${size} for ${bitmaps} bitmap(s)`,
    ),
    ...unless('cedt-reserved', reserved === 0 && reserved2 === 0, `${name} has a reserved field that is not 0`),
    ...unless(
      'cfmws-interleave',
      isInterleave(0, encodedGranularity),
      `${name} has granularity ${encodedGranularity}, which is reserved`,
    ),
  );
  return { granularity: encodedGranularity, bitmaps };
}

function judgeBridge({ name, uid, registers }: Bridge, before: readonly Bridge[]): Finding[] {
  const same = before.find((other) => other.uid === uid);
  const over = before.find((other) => other.uid !== uid && overlap(other.registers, registers));
  return [
    ...unless('chbs-twice', same === undefined, `${name} has the UID of ${same?.name}`),
    ...unless('chbs-registers', over === undefined, `${name} has registers over those of ${over?.name}`),
  ];
}

function judgeWindow(
  { name, range, ways, granularity, arithmetic, targets }: Window,
  bridges: readonly Bridge[],
  before: readonly Window[],
  maps: readonly { granularity: number; bitmaps: number }[],
): Finding[] {
  const unknown = targets.filter((uid) => bridges.every((bridge) => bridge.uid !== uid));
  const [window] = before.filter((other) => overlap(other.range, range));
  const bridge = bridges.find(({ registers }) => overlap(registers, range));
  const wanted = arithmetic === XOR ? (BITMAPS[ways ?? 0] ?? 0) : 0;
  const has = maps.find((each) => each.granularity === granularity)?.bitmaps ?? 0;
  return [
    ...unless(
      'cfmws-target',
      unknown.length === 0,
      `${name} has the target(s) ${unknown.join(', ')}, of which there is no CHBS`,
    ),
    ...unless('cfmws-overlap', window === undefined, `${name} overlaps ${window?.name}`),
    ...unless('cfmws-overlap', bridge === undefined, `${name} overlaps the registers of ${bridge?.name}`),
    ...unless(
      'cfmws-xor',
      has >= wanted,
      `${name} has XOR arithmetic with ${ways} ways, and CXIMS of its granularity has ${has} of ${wanted} bitmap(s)`,
    ),
  ];
}

const unless = (kind: FindingKind, holds: boolean, message: string): Finding[] => (holds ? [] : [{ kind, message }]);
