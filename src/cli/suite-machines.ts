/** Machines that scenarios of the suite start, and what is done to each to compare two QEMUs. */
import type { Draw } from '../differential/draw';
import { sampleCommands } from '../differential/machines';
import { NotApplicable } from '../ledger/verdict';
import type { Topology } from '../machine/topology';
import { machineOf, type QemuPair } from '../target/pair';

/** How many random commands the mailbox of each of the suite's machines gets, before it gets all. */
const COMMANDS = 24;

/** What qtest and a clock that is moved by hand add to a command line: nothing of the machine. */
const OF_QTEST = /( -icount shift=0.*)? -accel tcg -S -qtest stdio.*$/;

/** Different ones, the one with the shortest command line first. */
export function machinesOf(commandLines: readonly string[], { commandLine }: QemuPair): Topology[] {
  const machines = new Map<string, Topology>();
  for (const line of commandLines) {
    const topology = machineOf(line.replace(OF_QTEST, ''));
    if (!topology) continue;
    try {
      machines.set(commandLine(topology), topology);
    } catch (error) {
      if (!(error instanceof NotApplicable)) throw error;
    }
  }
  return [...machines].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)).map(([, topology]) => topology);
}

/** At most so many, the small ones and the large ones alike. */
export function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)] as T);
}

/** What is done to a machine of the suite: a region in each of two windows, accesses, all commands of one of its mailboxes. */
export const drawOf = (topology: Topology, n: number): Draw => ({
  topology,
  enabled: true,
  regions: [0, 1].map((window) => ({ window, offset: 0, share: 1, ports: 4, fan: 4, skip: 0, oddity: undefined })),
  touches: [0, 0x100, 0x1008, 0x3_0000].map((offset, region) => ({ region, offset })),
  device: n,
  commands: sampleCommands(COMMANDS, n),
});
