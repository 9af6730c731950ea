import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import { SimulatedMachine } from '../device/machine';
import { boot } from '../firmware/boot';
import { factsOf } from '../ledger/facts';
import { DEFAULT_LINUX } from '../ledger/linux';
import { opcodesOf } from '../ledger/opcodes';
import { quirksOf } from '../ledger/quirks';
import { MachineCrash } from '../machine/crash';
import type { MemoryDevice } from '../machine/memory-device';
import type { Topology } from '../machine/topology';
import { memoryDevice } from '../os/memory-device';

const GIB = 1n << 30n;
const MIB_256 = 1n << 28n;
const SERIAL = 1n;

const machine: Topology = {
  ...{ ram: 2n * GIB, processors: 2, testDevices: [] },
  hostBridges: [{ id: 'cxl.1', bus: 12, rootPorts: ['rp0'] }],
  windows: [{ size: 4n * GIB, targets: ['cxl.1'], granularity: 256 }],
  type3s: [
    {
      ...{ id: 'mem0', port: 'rp0', serial: SERIAL, labelArea: 0x1000n, volatile: MIB_256, persistent: MIB_256 },
      dynamic: { capacity: GIB, regions: 2 },
    },
  ],
};

async function simulated(release?: string): Promise<{ hardware: SimulatedMachine; device: MemoryDevice }> {
  const quirks = new Set(release ? quirksOf(release, DEFAULT_LINUX) : []);
  const hardware = new SimulatedMachine(machine, quirks, factsOf(release));
  const { rsdp } = await boot(hardware, { reservations: [] }, quirks);
  return { hardware, device: await memoryDevice(hardware, rsdp, SERIAL) };
}

const command = fc.record({
  opcode: fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...opcodesOf()) }, fc.nat(0xffff)),
  input: fc
    .array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(4), fc.nat(255)), { maxLength: 0x60, size: 'max' })
    .map((bytes) => Uint8Array.from(bytes)),
  seconds: fc.constantFrom(0, 0, 0, 1),
});

for (const release of [undefined, '7.2.22', '10.0.13', '11.1.3']) {
  test(`no command throws or hangs, whatever its input: ${release ?? 'conforming'}`, async () => {
    let { hardware, device } = await simulated(release);
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 100, maxLength: 100 }), async (commands) => {
        for (const { opcode, input, seconds } of commands) {
          try {
            expect((await device.send(opcode, input)).code).toBeLessThan(0x100);
            await hardware.elapse(seconds);
          } catch (error) {
            if (!release || !(error instanceof MachineCrash)) throw error; // that release's QEMU ends too
            ({ hardware, device } = await simulated(release));
          }
        }
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
}
