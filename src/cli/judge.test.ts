import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { encodeCedt } from '../codec/acpi/cedt';
import { E820_TYPE, type E820Entry, encodeE820 } from '../codec/acpi/e820';
import { encodeSlit } from '../codec/acpi/slit';
import { encodeSrat } from '../codec/acpi/srat';
import { end } from '../codec/range';
import { makeScratch } from '../system/scratch';
import { root } from './cucumber';

const ram: E820Entry = { base: 0n, size: 1n << 31n, type: E820_TYPE.RAM };
const window = { base: 1n << 32n, size: 1n << 32n };
const claim = { base: window.base, size: 1n << 28n };
const registers = { base: end(window), size: 0x1_0000n };
const CEDT = encodeCedt([
  { kind: 'CHBS', uid: 12, registers },
  { kind: 'CFMWS', window, targets: [12], granularity: 256, restrictions: 0xf },
]);
const SRAT = encodeSrat([
  { kind: 'local APIC', domain: 0, apicId: 0, enabled: true },
  { kind: 'memory', ...claim, domain: 1, enabled: true, hotPluggable: false, nonVolatile: false },
]);

const soft: E820Entry = { ...claim, type: E820_TYPE.SOFT_RESERVED };
const listed = { resource: Number(claim.base), size: Number(claim.size), interleave_ways: 1 };
const decoders = [{ decoder: 'decoder1.0' }, { decoder: 'decoder2.0', dpa_size: 1 }].map((d) => ({ ...d, ...listed }));

const osFirst = { 'e820.bin': encodeE820([ram]), 'CEDT.aml': CEDT };
const biosFirst = {
  'e820.bin': encodeE820([ram, soft]),
  'CEDT.aml': CEDT,
  'SRAT.aml': SRAT,
  'decoders.json': JSON.stringify(decoders),
};

const scratch = makeScratch();
after(() => rmSync(scratch, { recursive: true, force: true }));

/** Judges a dump of these files, whose directory goes by DIR in what it says. */
async function judged(files: Record<string, Uint8Array | string>, ...options: string[]) {
  const directory = mkdtempSync(join(scratch, 'dump-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  const command = [join(root, 'src/cli/main.js'), 'judge', '--tables', directory, ...options];
  const { exitCode, stdout, stderr } = await execa('node', command, { reject: false });
  return [exitCode, stdout, stderr.replaceAll(directory, 'DIR')];
}

test('a dump in which firmware leaves all CXL memory alone, or maps and describes it, has no inconsistency', async () => {
  const nothing = (of: RegExp) => [0, expect.stringMatching(of), ''];
  expect(await Promise.all([judged(osFirst), judged(biosFirst)])).toEqual([
    nothing(
      /^nothing found in the memory map \(entries: \d\), the CEDT .*, committed decoders \(0\); the dump has no SRAT, no SLIT, no HMAT$/,
    ),
    nothing(/^nothing found in .* fixed memory windows: 1\), SRAT, .*committed decoders \(\d\)/),
  ]);
});

test('each inconsistency is a line, or an object of JSON', async () => {
  const { 'decoders.json': _, ...undecoded } = biosFirst;
  const files = { ...undecoded, 'SLIT.aml': encodeSlit([[10]]) };
  const at = 'window 0 (0x100000000-0x200000000) without a committed decoder behind it';
  const expected = [
    { kind: 'e820-without-decoders', message: `E820 SOFT_RESERVED 0x100000000-0x110000000 lies over ${at}` },
    { kind: 'srat-without-decoders', message: `SRAT memory 0x100000000-0x110000000 of domain 1 lies over ${at}` },
    { kind: 'slit-size', message: 'SLIT has 1 localities, and the domains of SRAT ask for 2' },
  ];
  const [lines, json] = await Promise.all([judged(files), judged(files, '--json')]);
  expect(lines).toEqual([1, expected.map(({ kind, message }) => `${kind}: ${message}`).join('\n'), '']);
  expect([json[0], JSON.parse(`${json[1]}`)]).toEqual([1, expected]);
});

for (const [flaw, files, exit, words] of [
  ['without a memory map', { 'CEDT.aml': CEDT }, 2, 'the dump DIR has no e820.bin'],
  ['without a CEDT', { 'e820.bin': encodeE820([ram]) }, 2, 'the dump DIR has no CEDT.aml'],
  [
    'with a memory map that is cut short',
    { ...osFirst, 'e820.bin': encodeE820([ram]).subarray(0, 19) },
    3,
    'e820.bin: E820 entry at 0x0: 19 of its 20 bytes are there',
  ],
  ['with another table in its place', { ...osFirst, 'SRAT.aml': CEDT }, 3, 'SRAT.aml: the table: is a CEDT'],
  [
    'with a table that is cut short',
    { ...osFirst, 'CEDT.aml': CEDT.subarray(0, 40) },
    3,
    'CEDT.aml: the table: has 40 of its',
  ],
  ['with decoders that are no JSON', { ...osFirst, 'decoders.json': '[{' }, 3, 'decoders.json: '],
] as const) {
  test(`a dump ${flaw} ends in status ${exit} and one sentence`, async () => {
    const [exitCode, stdout, stderr] = await judged(files);
    expect([exitCode, stdout]).toEqual([exit, '']);
    expect(stderr).toMatch(new RegExp(`^cxl-conformance: ${words}.*$`));
  });
}
