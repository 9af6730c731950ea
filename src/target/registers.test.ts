import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import * as fc from 'fast-check';
import { decodeCedt } from '../codec/acpi/cedt';
import { findTable } from '../codec/acpi/find-table';
import { toBytes } from '../codec/bytes';
import { SimulatedMachine } from '../device/machine';
import { Acpi } from '../driver/acpi';
import { allRegisters } from '../driver/find-registers';
import { boot } from '../firmware/boot';
import { factsOf } from '../ledger/facts';
import { DEFAULT_LINUX } from '../ledger/linux';
import { type QuirkName, quirksOf } from '../ledger/quirks';
import { MachineCrash } from '../machine/crash';
import type { Hardware } from '../machine/hardware';
import type { BlockName, RegisterDump } from '../machine/registers';
import type { Topology } from '../machine/topology';
import { compareRegisters } from '../testing/register-differences';

const GIB = 1n << 30n;
const MIB = 1n << 20n;

/** Of which the registers were captured; QEMU 7.2 has no volatile capacity. */
const machine = (release: string): Topology => ({
  ram: 2n * GIB,
  processors: 2,
  hotplug: { maxRam: 4n * GIB, slots: 4 },
  testDevices: [],
  hostBridges: [
    { id: 'cxl.1', bus: 12, rootPorts: ['rp0', 'rp1', 'rp2'] },
    { id: 'cxl.2', bus: 222, rootPorts: ['rp3'] },
  ],
  switches: [{ id: 'us0', rootPort: 'rp1', downstreamPorts: ['ds0', 'ds1'], port: 5 }],
  windows: [{ size: 4n * GIB, targets: ['cxl.1'], granularity: 256 }],
  type3s: [
    { id: 'mem0', port: 'rp0', volatile: 0n, persistent: 512n * MIB, labelArea: MIB, serial: 0x1234n },
    { id: 'mem1', port: 'rp3', volatile: 0n, persistent: 8n * GIB, labelArea: MIB, serial: 0x1_0000_5678n },
    release === '7.2.22'
      ? { id: 'mem2', port: 'ds1', volatile: 0n, persistent: 256n * MIB, labelArea: MIB, serial: 3n }
      : { id: 'mem2', port: 'ds1', volatile: 256n * MIB, persistent: 512n * MIB, labelArea: MIB, serial: 3n },
  ],
});

/** What `registers-RELEASE.txt` says. */
function captured(release: string): RegisterDump[] {
  const dumps = new Map<string, Partial<Record<BlockName, Uint8Array>>>();
  let bytes = new DataView(new ArrayBuffer(0));
  for (const line of readFileSync(join(__dirname, `registers-${release}.txt`), 'utf8').split('\n')) {
    const [, offset, value] = /^([0-9a-f]{3}) ([0-9a-f]{8})$/.exec(line) ?? [];
    const [, of, block] = /^(.*) (configuration|component|device)$/.exec(line) ?? [];
    if (offset && value) bytes.setUint32(Number.parseInt(offset, 16), Number.parseInt(value, 16), true);
    if (!of || !block) continue;
    bytes = new DataView(new ArrayBuffer(0x1000));
    dumps.set(of, { ...dumps.get(of), [block]: new Uint8Array(bytes.buffer) });
  }
  return [...dumps].map(([of, blocks]) => ({ of, blocks }));
}

async function simulated(release?: string, quirks: readonly QuirkName[] = []) {
  const has = new Set([...(release ? quirksOf(release, DEFAULT_LINUX) : []), ...quirks]);
  const hardware = new SimulatedMachine(machine(release ?? ''), has, factsOf(release));
  const { rsdp } = await boot(hardware, { reservations: [] }, has);
  return { hardware, rsdp };
}

for (const release of ['7.2.22', '10.0.13', '11.1.3']) {
  test(`the registers of every CXL function are those of QEMU ${release}`, async () => {
    const { hardware, rsdp } = await simulated(release);
    const differences = compareRegisters(captured(release), await dumped(hardware, new Acpi(hardware, rsdp)));
    expect(differences.map(({ message }) => message)).toEqual([]);
  });
}

test('a difference is told by the name of the field', async () => {
  const [plain, odd] = [await simulated(), await simulated(undefined, ['root-port-has-decoders'])];
  const found = compareRegisters(
    await dumped(plain.hardware, new Acpi(plain.hardware, plain.rsdp)),
    await dumped(odd.hardware, new Acpi(odd.hardware, odd.rsdp)),
  );
  const first = found.find(({ of }) => of === '0000:0c:00.0');
  expect(first).toMatchObject({ block: 'component', offset: 0xc });
  expect(first?.message).toContain('capability array, Element 3, id, version, pointer');
});

/** Where registers are: component registers of host bridges, BARs, and configuration space of the buses in use. */
async function basesOf({ hardware, rsdp }: Awaited<ReturnType<typeof simulated>>): Promise<bigint[]> {
  const cedt = decodeCedt(await findTable(hardware.readBlock, rsdp, 'CEDT'));
  const bridges = cedt.flatMap((structure) => (structure.kind === 'CHBS' ? [structure.registers.base] : []));
  const dumps = await dumped(hardware, new Acpi(hardware, rsdp));
  const bars = dumps.flatMap(({ blocks: { configuration } }) =>
    configuration ? [0, 2, 4].map((n) => BigInt(Buffer.from(configuration).readUInt32LE(0x10 + 4 * n) & ~0xfff)) : [],
  );
  const buses = [0, 12, 13, 14, 15, 16, 222, 223].map((bus) => 0xb000_0000n + BigInt(bus) * 0x10_0000n);
  return [...bridges, ...bars.map((bar) => BigInt.asUintN(32, bar)), ...buses];
}

const access = fc.record({
  base: fc.nat(),
  offset: fc.oneof(fc.nat(0x200), fc.nat(0x1200), fc.nat(0x1_0000)),
  width: fc.constantFrom(1, 2, 4, 8),
  write: fc.boolean(),
  value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
});

for (const release of [undefined, '7.2.22', '10.0.13', '11.1.3']) {
  test(`no access of any width, at any offset, throws or hangs: ${release ?? 'conforming'}`, async () => {
    const machine = await simulated(release);
    const bases = await basesOf(machine);
    const crash = (error: Error) => {
      if (!release || !(error instanceof MachineCrash)) throw error; // that release's QEMU ends too
    };
    await fc.assert(
      fc.asyncProperty(fc.array(access, { minLength: 100, maxLength: 100 }), async (accesses) => {
        for (const { base, offset, width, write, value } of accesses) {
          const address = (bases[base % bases.length] ?? 0n) + BigInt(offset);
          const { hardware } = machine;
          if (write) await hardware.writeBlock(address, toBytes(value, width)).catch(crash);
          else expect(await hardware.readBlock(address, width)).toHaveLength(width);
        }
      }),
      { numRuns: 100 },
    );
  });
}

async function dumped(hardware: Hardware, acpi: Acpi): Promise<RegisterDump[]> {
  const dumps: RegisterDump[] = [];
  for (const registers of await allRegisters(hardware, acpi)) dumps.push(await registers.dump());
  return dumps;
}
