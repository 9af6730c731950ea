import { test } from 'node:test';
import { expect } from 'expect';
import type { Topology, Type3 } from '../machine/topology';
import { foundQemu } from '../testing/found-qemu';
import { QtestMachine } from './qtest-machine';

const M = 1n << 20n;

const topology: Topology = {
  ram: 512n * M,
  processors: 1,
  hostBridges: [{ id: 'cxl.1', bus: 52, rootPorts: ['rp0', 'rp1'] }],
  windows: [{ size: 256n * M, targets: ['cxl.1'], granularity: 256 }],
  type3s: [],
  testDevices: [{ id: 'bar', bar: 256n * M }],
};
const TYPE3: Type3 = { id: 't', port: 'rp0', volatile: 0n, persistent: 256n * M, labelArea: M, serial: 1n << 63n };

/** Configuration address of the memory controller hub's PCIEXBAR: Intel Q35 datasheet, D0:F0 offset 0x60. */
const PCIEXBAR = 0x8000_0060;

async function withMachine(t: Parameters<typeof foundQemu>[0], body: (machine: QtestMachine) => Promise<void>) {
  const offer = await foundQemu(t);
  if (!offer) return;
  const machine = await QtestMachine.start(topology, offer);
  try {
    await body(machine);
  } finally {
    await machine.powerOff();
  }
}

test('memory of a real machine is little-endian and keeps what is written', (t) =>
  withMachine(t, async (machine) => {
    await machine.write64(0x1000n, 0x8877_6655_4433_2211n);
    await machine.write32(0x1008n, 0xccbb_aa99);
    await machine.write16(0x100cn, 0xeedd);
    await machine.write8(0x100en, 0xff);
    expect(Buffer.from(await machine.readBlock(0x1000n, 15)).toString('hex')).toBe('112233445566778899aabbccddeeff');
    expect([await machine.read8(0x1008n), await machine.read16(0x1008n), await machine.read32(0x1004n)]).toEqual([
      0x99, 0xaa99, 0x8877_6655,
    ]);
    expect(await machine.read64(0x1000n)).toBe(0x8877_6655_4433_2211n);
  }));

test('a block of memory is read as it was written, whatever its size', (t) =>
  withMachine(t, async (machine) => {
    for (const size of [0, 1, 3, 4096, 1_000_001]) {
      const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7 + size) & 0xff);
      await machine.writeBlock(0x10_0001n, bytes);
      expect(Buffer.compare(await machine.readBlock(0x10_0001n, size), bytes)).toBe(0);
    }
  }));

test('accesses that are not awaited happen in the order in which they were asked for', (t) =>
  withMachine(t, async (machine) => {
    const ids = [0, 0x1f].map((device) => {
      machine.out32(0xcf8, 0x8000_0000 + (device << 11));
      return machine.in32(0xcfc);
    });
    expect(await Promise.all(ids)).toEqual([0x29c0_8086, 0x2918_8086]); // Q35 and ICH9 LPC
    expect([await machine.in16(0xcfc), await machine.in8(0xcfe)]).toEqual([0x8086, 0x18]);
  }));

test('a reset puts registers back', (t) =>
  withMachine(t, async (machine) => {
    await machine.out32(0xcf8, PCIEXBAR);
    await machine.out32(0xcfc, 0xb000_0001);
    expect(await machine.in32(0xcfc)).toBe(0xb000_0001);
    await machine.reset();
    await machine.out32(0xcf8, PCIEXBAR);
    expect((await machine.in32(0xcfc)) & 1).toBe(0);
  }));

test('a device that is added has media, and can be removed', (t) =>
  withMachine(t, async (machine) => {
    await machine.hotAdd(TYPE3);
    expect(await machine.readMedia('t', 256n * M - 4n, 4)).toEqual(Buffer.alloc(4));
    await expect(machine.hotAdd({ ...TYPE3, id: 'u', port: 'rp9' })).rejects.toThrow("device_add: Bus 'rp9' not found");
    await machine.hotAdd({ ...TYPE3, id: 'u', port: 'rp1' }); // nothing of the refused one is in its way
    await machine.hotRemove('t');
  }));

test('what explains a failure is a command line, and what was said to QEMU', (t) =>
  withMachine(t, async (machine) => {
    await machine.read8(0n);
    const evidence = await machine.evidence();
    expect(evidence.map(({ name }) => name)).toEqual([
      'qemu-command-line.txt',
      'qemu-stderr.txt',
      'qmp.txt',
      'qtest.txt',
    ]);
    expect(evidence[0]?.body).toMatch(/ -machine q35,cxl=on,cxl-fmw.* -accel tcg -S -qtest stdio\n$/);
    expect(evidence[2]?.body).toContain('-> {"execute":"qmp_capabilities"');
    expect(evidence[3]?.body).toBe('readb 0x0 -> OK 0x0000000000000000\n');
  }));
