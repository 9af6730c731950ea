/** What there is to run on, for commands that tell or get it. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Topology } from '../machine/topology';
import { ARCHITECTURE_NAMES, programOf } from '../qemu/architecture';
import { qemuCache } from '../qemu/debian';
import { findQemu, probeQemu } from '../qemu/probe';
import { QtestMachine } from '../qemu/qtest-machine';

export { probeAccelerator } from '../guest/accelerator';
export {
  type GuestArchitectureName,
  guestArchitecture,
  guestArchitectureOf,
} from '../guest/architecture';
export { guestImages } from '../guest/image';
export type { QemuOffer } from '../ledger/offer';
export { type ArchitectureName, platformOfProgram } from '../qemu/architecture';
export { unpackQemu } from '../qemu/debian';
export { findQemu, probeQemu } from '../qemu/probe';
export { lackingCommands } from './mailbox-commands';

/** What it needs loads slowly. */
export async function buildGuest(options: Parameters<typeof import('../guest/build').buildGuest>[0]) {
  const build = require('../guest/build') as typeof import('../guest/build');
  return build.buildGuest(options);
}

/** Paths of all QEMUs that need no option to be found, and of those that were unpacked. */
export async function knownQemus(): Promise<{ path: string; from: string }[]> {
  const unpacked = (await readdir(qemuCache()).catch(() => []))
    .flatMap((suite) => ARCHITECTURE_NAMES.map((each) => ({ path: join(qemuCache(), suite, programOf(each)), suite })))
    .map(({ path, suite }) => ({ path, from: `Debian ${suite}, unpacked` }))
    .filter(({ path }) => existsSync(path));
  const found = await findQemu().catch(() => undefined);
  return found ? [found, ...unpacked] : unpacked;
}

const MACHINES: readonly Topology[] = [
  machine([]),
  machine([{ id: 'pmem0', port: 'rp0', volatile: 0n, persistent: 512n << 20n, labelArea: 1n << 20n, serial: 1n }]),
];

function machine(type3s: Topology['type3s']): Topology {
  const hostBridges = [{ id: 'cxl.1', bus: 12, rootPorts: ['rp0', 'rp1'] }];
  const windows = [{ size: 4n << 30n, targets: ['cxl.1'], granularity: 256 }];
  return { ram: 2n << 30n, processors: 1, hostBridges, windows, type3s, testDevices: [] };
}

/** How long it takes merely to start and quit a QEMU with a machine like those of the scenarios, in ms; one for each. */
export async function startAndQuit(qemu: string): Promise<number[]> {
  const offer = await probeQemu(qemu);
  const times: number[] = [];
  for (const topology of MACHINES) {
    const before = performance.now();
    const halted = await QtestMachine.start(topology, offer);
    await halted.powerOff();
    times.push(performance.now() - before);
  }
  return times;
}
