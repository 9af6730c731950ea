/** A simulator with a quirk stands for the QEMU that has the fault, and one without for what is right. */
import { test } from 'node:test';
import { expect } from 'expect';
import type { QuirkName } from '../ledger/quirks';
import { MachineCrash } from '../machine/crash';
import type { Topology } from '../machine/topology';
import { type LocatedRegister, locateRegister } from '../named-registers/structures';
import { ModelledPlatform } from '../target/modelled-platform';
import { simulate } from '../target/simulated';
import { type Machine, Tape } from '../target/tape';
import { cutDown, partsOf } from './cut-down';
import { linesOf } from './lines';
import { probesOf } from './probe';

const M = 1n << 20n;
const topology: Topology = {
  ram: 512n * M,
  processors: 1,
  testDevices: [],
  hostBridges: [{ id: 'cxl.1', bus: 52, rootPorts: ['rp0'] }],
  windows: [{ size: 256n * M, targets: ['cxl.1'], granularity: 256 }],
  type3s: [{ id: 'dev', port: 'rp0', volatile: 0n, persistent: 256n * M, labelArea: M, serial: 1n }],
};
const QUIRK: QuirkName = 'mailbox-capabilities-writable';
const withQuirk = async () => simulate(topology, new Set([QUIRK]));
const without = async () => simulate(topology, new Set());

/** Boots, overwrites Mailbox Capabilities, and reads them. */
async function taped(start: () => Promise<Machine>): Promise<Tape> {
  const tape = new Tape();
  const machine = await tape.start(start);
  const setup = { reservations: [] };
  const platform = await tape.boot(() => ModelledPlatform.boot(machine, { setup }));
  const registers = await platform.registersAt({ hostBridge: 52, way: [0, 0] });
  const { block, offset } = locateRegister(await registers.dump(), 'Primary Mailbox Capabilities') as LocatedRegister;
  await registers.write(block, offset, 4, 0xffff_ffffn);
  await registers.read(block, offset, 4);
  return tape;
}

const never = () => false;

async function faulty() {
  const [{ calls }, right] = [await taped(withQuirk), await taped(without)];
  const [call, expected] = [calls.at(-1), right.calls.at(-1)?.outcome];
  if (!call || !expected) throw new Error('nothing was read');
  return { calls, parts: partsOf(calls, new Map([[call, probesOf({ name: '', call, expected })]])) };
}

test('what is left of a boot and a wrong register is what makes the register be there, and the wrong access', async () => {
  const { calls, parts } = await faulty();
  const cut = await cutDown({ parts, calls, qemu: withQuirk, simulator: without, isTimeUp: never });
  expect(cut).toMatchObject({ shows: true, minimal: true, trusted: true });
  const lines = cut.parts.flatMap(({ call }) => linesOf(call));
  expect(lines.length).toBeLessThan(parts.length / 10);
  expect(lines.at(-3)).toMatch(/^writel 0x[0-9a-f]+88 0xffffffff$/);
  expect(lines.at(-2)).toMatch(/^readl 0x[0-9a-f]+88$/);
  expect(lines[0]).toBe('outl 0xcf8 0x80000060'); // without PCIEXBAR there are no registers
});

test('without a simulator, a read near the register keeps what makes it be there', async () => {
  const { calls, parts } = await faulty();
  const { parts: left, trusted } = await cutDown({ parts, calls, qemu: withQuirk, isTimeUp: never });
  expect({ trusted, few: left.length < 20 }).toEqual({ trusted: true, few: true });
});

test('when the time is up, all that is left shows the fault, and is said not to be minimal', async () => {
  const { calls, parts } = await faulty();
  const cut = await cutDown({ parts, calls, qemu: withQuirk, simulator: without, isTimeUp: () => true });
  expect(cut).toMatchObject({ shows: true, minimal: false });
});

test('what does not show the fault again is not cut down', async () => {
  const { calls, parts } = await faulty();
  const cut = await cutDown({ parts, calls, qemu: without, simulator: without, isTimeUp: never });
  expect(cut).toMatchObject({ shows: false, minimal: false, parts });
});

test('of a crash the accesses are left without which it does not come', async () => {
  const crashing = async () => {
    const machine = await without();
    let armed = false;
    machine.write8 = async (address: bigint) => {
      if (address === 1n) armed = true;
      if (address === 2n && armed) throw new MachineCrash('SIGABRT');
    };
    return machine;
  };
  const tape = new Tape();
  const machine = await tape.start(crashing);
  for (const address of [7n, 1n, 9n, 2n]) await machine.write8(address, 0).catch(() => {});
  const parts = tape.calls.map((call) => ({ call }));
  const cut = await cutDown({ parts, calls: tape.calls, crash: 'SIGABRT', qemu: crashing, isTimeUp: never });
  expect(cut.parts.flatMap(({ call }) => linesOf(call))).toEqual(['writeb 0x1 0x0', 'writeb 0x2 0x0']);
});
