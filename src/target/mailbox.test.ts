import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import { COMMAND_ROWS, commandNamed, inputLengthOf, OPCODE } from '../codec/cxl/mailbox/command';
import { RETURN_CODE } from '../codec/cxl/mailbox/return-code';
import { SimulatedMachine } from '../device/machine';
import { Acpi } from '../driver/acpi';
import { mailboxAt, memoryDevice } from '../driver/find-memory-device';
import { boot } from '../firmware/boot';
import { factsOf } from '../ledger/facts';
import { DEFAULT_LINUX } from '../ledger/linux';
import { opcodesOf } from '../ledger/opcodes';
import { quirksOf } from '../ledger/quirks';
import { MachineCrash } from '../machine/crash';
import type { MemoryDevice } from '../machine/memory-device';
import type { Topology } from '../machine/topology';
import { encodeTunnelled } from './tunnel';

const GIB = 1n << 30n;
const MIB_256 = 1n << 28n;
const SERIAL = 1n;
const BUS = 12;
const DYNAMIC = { capacity: GIB, regions: 2 };

const machine: Topology = {
  ram: 2n * GIB,
  processors: 2,
  testDevices: [],
  hostBridges: [{ id: 'cxl.1', bus: BUS, rootPorts: ['rp0', 'rp1'] }],
  windows: [{ size: 4n * GIB, targets: ['cxl.1'], granularity: 256 }],
  type3s: [
    {
      id: 'mem0',
      port: 'rp0',
      serial: SERIAL,
      labelArea: 0x1000n,
      volatile: MIB_256,
      persistent: MIB_256,
      dynamic: DYNAMIC,
    },
  ],
};

const withSwitch: Topology = {
  ...machine,
  switches: [{ id: 'us0', rootPort: 'rp1', downstreamPorts: ['ds0', 'ds1'], mailbox: 'cci0' }],
  type3s: machine.type3s.map((type3) => ({ ...type3, port: 'ds0' })),
};

/** Of `cci0`: the other function of the upstream port, behind the second root port. */
const MAILBOX = { hostBridge: BUS, way: [1, 0], fn: 1 };

interface Simulated {
  readonly hardware: SimulatedMachine;
  readonly device: MemoryDevice;
}

async function simulated(topology: Topology, release?: string): Promise<Simulated> {
  const quirks = new Set(release ? quirksOf(release, DEFAULT_LINUX) : []);
  const hardware = new SimulatedMachine(topology, quirks, factsOf(release));
  const { rsdp } = await boot(hardware, { reservations: [] }, quirks);
  const acpi = new Acpi(hardware, rsdp);
  const device = topology.switches
    ? await mailboxAt(hardware, acpi, MAILBOX)
    : await memoryDevice(hardware, acpi, SERIAL);
  return { hardware, device };
}

const inputs = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(4), fc.nat(255)), { maxLength: 0x60, size: 'max' })
  .map((bytes) => Uint8Array.from(bytes));
const commandOf = (opcodes: readonly number[]) =>
  fc
    .record({
      opcode: fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...opcodes) }, fc.nat(0xffff)),
      input: inputs,
      isRight: fc.boolean(),
      seconds: fc.constantFrom(0, 0, 0, 1),
    })
    .map(({ isRight, input, ...command }) => ({
      ...command,
      input: isRight ? asLongAs(command.opcode, input) : input,
    }));

/** What the command takes, where that has a length. */
function asLongAs(opcode: number, input: Uint8Array): Uint8Array {
  const row = COMMAND_ROWS.get(opcode);
  const length = (row && inputLengthOf(row)) ?? input.length;
  return Buffer.concat([input, new Uint8Array(length)]).subarray(0, length);
}

const tunnelled = fc
  .record({ port: fc.nat(2), opcode: fc.constantFrom(...opcodesOf(undefined, 'managed')), input: inputs })
  .map(({ port, opcode, input }) => ({
    opcode: OPCODE.tunnelManagementCommand,
    input: encodeTunnelled(port, opcode, input),
    seconds: 0,
  }));

/** What any command can be answered with. */
const ANSWERS = [
  'success',
  'backgroundStarted',
  'unsupported',
  'invalidPayloadLength',
  'busy',
  'mediaDisabled',
] as const;

const mayAnswer = (opcode: number): number[] =>
  [...ANSWERS, ...(COMMAND_ROWS.get(opcode)?.refusals ?? [])].map((name) => RETURN_CODE[name]);

const kinds = [
  { name: 'a device', topology: machine, command: commandOf(opcodesOf()) },
  { name: 'a switch', topology: withSwitch, command: fc.oneof(commandOf(opcodesOf(undefined, 'switch')), tunnelled) },
];

for (const { name, topology, command } of kinds) {
  for (const release of [undefined, '7.2.22', '10.0.13', '11.1.3']) {
    if (release === '7.2.22' && topology.switches) continue; // no switch has a mailbox yet
    const what = release
      ? `throws or hangs, whatever its input: ${release}`
      : 'throws, hangs, or is refused otherwise than its row says';
    test(`no command to ${name} ${what}`, async () => {
      let { hardware, device } = await simulated(topology, release);
      await fc.assert(
        fc.asyncProperty(fc.array(command, { minLength: 100, maxLength: 100 }), async (commands) => {
          for (const { opcode, input, seconds } of commands) {
            try {
              const { code } = await device.send(opcode, input);
              if (release) expect(code).toBeLessThan(0x100);
              else
                expect([commandNamed(opcode), mayAnswer(opcode)]).toEqual([
                  commandNamed(opcode),
                  expect.arrayContaining([code]),
                ]);
              await hardware.elapse(seconds);
            } catch (error) {
              if (!release || !(error instanceof MachineCrash)) throw error; // that release's QEMU ends too
              ({ hardware, device } = await simulated(topology, release));
            }
          }
        }),
        { numRuns: 100, endOnFailure: true },
      );
    });
  }
}
