import { test } from 'node:test';
import { expect } from 'expect';
import { OPCODE, QUESTIONS } from '../codec/cxl/mailbox/command';
import { Refusal } from '../machine/refusal';
import type { Setup } from '../machine/topology';
import { ModelledPlatform } from './modelled-platform';
import { simulate } from './simulated';
import { openSimulator } from './simulator';
import type { Platform } from './target';
import { sendThrough } from './tunnel';

const SERIAL = 1n;
/** Of `cci0`: the other function of the upstream port, behind the first root port. */
const MAILBOX = { hostBridge: 12, way: [0, 0], fn: 1 };

/** Of `mem0`. */
const PLACE = { hostBridge: MAILBOX.hostBridge, way: [0, 0, 0, 0] };

const setup: Setup = {
  topology: {
    ram: 2n << 30n,
    processors: 2,
    testDevices: [],
    hostBridges: [{ id: 'cxl.1', bus: MAILBOX.hostBridge, rootPorts: ['rp0'] }],
    switches: [{ id: 'us0', rootPort: 'rp0', downstreamPorts: ['ds0'], mailbox: 'cci0' }],
    windows: [{ size: 4n << 30n, targets: ['cxl.1'], granularity: 256 }],
    type3s: [{ id: 'mem0', port: 'ds0', serial: SERIAL, labelArea: 0x1000n, volatile: 1n << 28n, persistent: 0n }],
  },
  reservations: [],
};

const NOTHING = new Uint8Array();
const ask = async (platform: Platform) => (await platform.memoryDevice?.(SERIAL))?.send(OPCODE.getTimestamp, NOTHING);

const handOn =
  (opcode: number, input = NOTHING) =>
  async (platform: Platform) => {
    const cci = await platform.mailboxAt?.(MAILBOX);
    return cci && sendThrough(cci, 0, opcode, input);
  };

const inject = (given: Readonly<Record<string, bigint>>) => (platform: Platform) =>
  expect(platform.operator.command('mem0', 'cxl-inject-poison', given)).rejects.toThrow(Refusal);

/** What a scenario does, and whether the next one gets another machine. */
const scenarios: Readonly<
  Record<string, { readonly does: (platform: Platform) => unknown; readonly spends: boolean }>
> = {
  'a question to a device': { does: ask, spends: false },
  'a question that is refused': {
    does: async (platform) => (await platform.memoryDevice?.(SERIAL))?.send(OPCODE.getTimestamp, Uint8Array.of(1)),
    spends: false,
  },
  'a question that a switch hands on': { does: handOn(OPCODE.getTimestamp), spends: false },
  'a command that a switch hands on': { does: handOn(OPCODE.setTimestamp, new Uint8Array(8)), spends: true },
  'a QMP command that QEMU does not begin': { does: inject({ start: 64n }), spends: false },
  'a QMP command that is refused later': { does: inject({ start: 64n, length: 1n }), spends: true },
  'what a device is told': {
    does: async (platform) => (await platform.memoryDevice?.(SERIAL))?.send(OPCODE.setTimestamp, new Uint8Array(8)),
    spends: true,
  },
  'what is written to a register of a device': {
    does: async (platform) => (await platform.registersAt?.(PLACE))?.write('device', 0, 4, 0n),
    spends: true,
  },
  'words that are written': { does: (platform) => platform.hardware?.writeWords([0n], [0]), spends: true },
};

for (const [what, { does, spends }] of Object.entries(scenarios)) {
  test(`${what} ${spends ? 'spends the machine' : 'leaves the machine to the next scenario'}`, async () => {
    const target = await openSimulator({ target: 'simulator' });
    const platform = await target.powerOn(setup);
    await does(platform);
    await target.release(platform);
    await target.powerOn(setup);
    expect(target.started()).toBe(spends ? 2 : 1);
  });
}

test('a question that ends the machine spends it', async () => {
  const target = await openSimulator({ target: 'simulator', quirks: ['switch-timestamp-aborts'] });
  const platform = await target.powerOn(setup);
  const cci = await platform.mailboxAt?.(MAILBOX);
  await expect(cci?.send(OPCODE.getTimestamp, NOTHING)).rejects.toThrow('SIG');
  await target.release(platform);
  await target.powerOn(setup);
  expect(target.started()).toBe(2);
});

test('what a scenario has written to a decoder is gone when the next one gets the machine', async () => {
  const target = await openSimulator({ target: 'simulator' });
  const controls = async (write: boolean) => {
    const platform = await target.powerOn(setup);
    const decoders = await platform.bench?.block({ device: SERIAL });
    const before = await decoders?.state(0);
    const settings = { range: { base: 0n, size: 1n << 28n }, interleaveWays: 11, interleaveGranularity: 5 };
    if (write) await decoders?.commit(0, settings);
    await target.release(platform);
    return before;
  };
  const { interleaveWays, interleaveGranularity, range } = (await controls(true)) ?? {};
  expect(await controls(false)).toMatchObject({ interleaveWays, interleaveGranularity, range });
  expect(target.started()).toBe(1);
});

/** Has the decoder of the device commit to the beginning of the window. Yields whether it was committed before, and is then. */
async function commit(platform: Platform) {
  const decoders = await platform.bench?.block({ device: SERIAL });
  const base = (await platform.bench?.window(0))?.base ?? 0n;
  const before = await decoders?.state(0);
  const settings = { range: { base, size: 1n << 28n }, interleaveWays: 0, interleaveGranularity: 0 };
  const after = await decoders?.commit(0, settings);
  return [before?.committed, after?.committed];
}

test('a decoder that stays committed is reset for the next scenario', async () => {
  const target = await openSimulator({ target: 'simulator', quirks: ['commit-not-kept'] });
  for (const _ of [1, 2]) {
    const platform = await target.powerOn(setup);
    expect(await commit(platform)).toEqual([false, true]);
    await target.release(platform);
  }
  expect(target.started()).toBe(1);
});

test('a machine whose decoders stay committed through a reset is not as it was', async () => {
  const machine = simulate(setup.topology, new Set(['commit-not-kept']));
  machine.reset = async () => {};
  const platform = await ModelledPlatform.boot(machine, { setup });
  await commit(platform);
  expect(await platform.restore()).toBe(false);
});

test('a device that has been removed is not found any more', async () => {
  const target = await openSimulator({ target: 'simulator' });
  const platform = await target.powerOn(setup);
  await ask(platform);
  await platform.hotRemove('mem0');
  await expect(ask(platform)).rejects.toThrow('is behind no CXL host bridge');
});

test('a scenario with a machine of its own asks for each quirk that it depends on', async () => {
  const target = await openSimulator({ target: 'simulator', unshared: true });
  const twoTurns = [{ size: 4n << 30n, targets: ['cxl.1', 'cxl.1'], granularity: 256 }]; // which only a quirk refuses
  const odd = { ...setup, topology: { ...setup.topology, windows: twoTurns } };
  const askedWhile = async (does: (platform: Platform) => unknown) => {
    target.quirksAsked?.clear();
    const platform = await target.powerOn(odd);
    await does(platform);
    await target.release(platform);
    return [...(target.quirksAsked ?? [])].sort();
  };
  const spend = scenarios['words that are written']?.does ?? ask;
  const first = await askedWhile(spend);
  expect(first).toContain('oddities-refused');
  expect(await askedWhile(spend)).toEqual(first); // of a machine of the same options
  const asking = await askedWhile(ask);
  expect(asking).toEqual(expect.arrayContaining(first));
  expect(await askedWhile(ask)).toEqual(asking);
  expect(target.started()).toBe(4);
});

test('what counts as a question has no effect, by what devices say of their commands', async () => {
  const target = await openSimulator({ target: 'simulator' });
  const platform = await target.powerOn(setup);
  const devices = [await platform.memoryDevice?.(SERIAL), await platform.mailboxAt?.(MAILBOX)];
  const effects = await Promise.all(devices.map((device) => device?.commandEffects()));
  const listed = effects.flatMap((each) => [...(each ?? [])]).filter(([opcode]) => QUESTIONS.has(opcode));
  expect(new Set(listed.map(([opcode]) => opcode))).toContain(OPCODE.identifySwitchDevice);
  expect(listed.filter(([, effect]) => effect !== 0)).toEqual([]);
});
