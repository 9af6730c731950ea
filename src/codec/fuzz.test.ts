import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import { decodeCedt } from './acpi/cedt';
import { decodeE820, encodeE820 } from './acpi/e820';
import { decodeFadt, encodeFadt } from './acpi/fadt';
import { decodeHmat } from './acpi/hmat';
import { decodeMcfg } from './acpi/mcfg';
import { AcpiNamespace } from './acpi/namespace';
import { decodeResources, encodeResources } from './acpi/resources';
import { decodeSlit } from './acpi/slit';
import { decodeSrat } from './acpi/srat';
import { captured } from './captured';
import { decodeCdat } from './cxl/cdat';
import { DecodeError } from './decode-error';

const table = (path: string) => captured(join(__dirname, path));

const MEMORY = {
  kind: 'memory',
  producer: true,
  cacheable: false,
  minimum: 0n,
  maximum: 0xfffn,
  length: 0x1000n,
} as const;

/** With how often each is tried: 100,000 times in total. */
const decoders: { name: string; bytes: Uint8Array; decode: (bytes: Uint8Array) => unknown; runs: number }[] = [
  { name: 'a CEDT', bytes: table('acpi/cedt-2hb-2way-8k.hex'), decode: decodeCedt, runs: 15_000 },
  { name: 'an SRAT', bytes: table('acpi/srat-generic.hex'), decode: decodeSrat, runs: 15_000 },
  { name: 'an SLIT', bytes: table('acpi/slit-2-nodes.hex'), decode: decodeSlit, runs: 8_000 },
  { name: 'an HMAT', bytes: table('acpi/hmat-generic.hex'), decode: decodeHmat, runs: 15_000 },
  { name: 'an HMAT with side caches', bytes: table('acpi/hmat-side-cache.hex'), decode: decodeHmat, runs: 8_000 },
  { name: 'an MCFG', bytes: table('acpi/mcfg-maxmem.hex'), decode: decodeMcfg, runs: 5_000 },
  { name: 'a FADT', bytes: encodeFadt(0x1000), decode: decodeFadt, runs: 5_000 },
  { name: 'a memory map', bytes: encodeE820([{ base: 0n, size: 1n, type: 1 }]), decode: decodeE820, runs: 5_000 },
  {
    name: 'a resource template',
    bytes: encodeResources([
      { ...MEMORY, width: 32 },
      { ...MEMORY, width: 64 },
    ]),
    decode: decodeResources,
    runs: 8_800,
  },
  { name: 'a CDAT', bytes: table('cxl/cdat-volatile-persistent.hex'), decode: decodeCdat, runs: 10_000 },
  { name: 'the CDAT of a switch', bytes: table('cxl/cdat-switch.hex'), decode: decodeCdat, runs: 5_000 },
  { name: 'a DSDT', bytes: table('acpi/dsdt-1hb.hex'), decode: (dsdt) => new AcpiNamespace(dsdt), runs: 200 },
];

/** Drawing each by itself would take longer than decoding it. */
const AT_ONCE = 100;

for (const { name, bytes, decode, runs } of decoders) {
  test(`${name} that is damaged is decoded, or refused with the offset of what is wrong`, () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const next = numbers(seed);
        for (let i = 0; i < AT_ONCE; i++) expectSound(decode, damage(bytes, next));
      }),
      { numRuns: runs / AT_ONCE },
    );
  });
}

/** A copy with up to six bytes changed; one in four is cut short or has zeros behind it. */
function damage(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  const size = next(4) > 0 ? bytes.length : next(bytes.length + 16);
  const damaged = new Uint8Array(size);
  damaged.set(bytes.subarray(0, size));
  for (let changes = next(7); changes > 0 && size > 0; changes--) damaged[next(size)] = next(0x100);
  return damaged;
}

/** Whole numbers that look random, the same for the same seed: a linear congruence, of which the high bits are taken. */
function numbers(seed: number): (below: number) => number {
  let state = BigInt.asUintN(48, BigInt(seed)) ^ 0x5_deec_e66dn;
  return (below) => {
    state = (state * 0x5_deec_e66dn + 0xbn) & 0xffff_ffff_ffffn;
    return Number(state >> 17n) % below;
  };
}

function expectSound(decode: (bytes: Uint8Array) => unknown, damaged: Uint8Array): void {
  const size = damaged.length;
  try {
    decode(damaged);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const { offset } = error;
    if (offset === undefined || offset < 0 || offset > size) expect(error).toMatchObject({ offset: `0 to ${size}` });
  }
}
