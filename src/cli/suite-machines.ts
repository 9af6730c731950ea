/** Machines that scenarios of the suite start, and by what two QEMUs are compared on each. */
import { EVERY_COMPARATOR } from '../differential/between';
import type { Draw } from '../differential/draw';
import { sampleCommands } from '../differential/machines';
import { mailboxesOf, partsOf } from '../differential/parts';
import type { Visit } from '../differential/survey';
import { NotApplicable } from '../ledger/verdict';
import type { Topology } from '../machine/topology';
import { machineOf, type QemuPair } from '../target/pair';

/** How many random commands a mailbox gets, before it gets all. */
const COMMANDS = 60;

/** On how many machines mailboxes of each kind are asked: after a command that ends one QEMU no other is compared there. */
const MAILBOXES = 4;

/** What qtest and a clock that is moved by hand add to a command line: nothing of the machine. */
const OF_QTEST = /( -icount shift=0.*)? -accel tcg -S -qtest stdio.*$/;

/** Different ones, the one with the shortest command line first. That parts have other names makes no other machine. */
export function machinesOf(commandLines: readonly string[], { commandLine }: QemuPair): Topology[] {
  const machines = new Map<string, readonly [line: string, topology: Topology]>();
  for (const given of commandLines) {
    const topology = machineOf(given.replace(OF_QTEST, ''));
    if (!topology) continue;
    try {
      const line = commandLine(topology);
      const key = withoutNames(line);
      const known = machines.get(key);
      if (!known || isBefore(line, known[0])) machines.set(key, [line, topology]);
    } catch (error) {
      if (!(error instanceof NotApplicable)) throw error;
    }
  }
  return [...machines.values()].sort(([a], [b]) => (isBefore(a, b) ? -1 : 1)).map(([, topology]) => topology);
}

const isBefore = (a: string, b: string): boolean => a.length - b.length < 0 || (a.length === b.length && a < b);

/** The same for machines whose devices and backends differ in their ids and serial numbers alone. */
function withoutNames(line: string): string {
  const ids = [...line.matchAll(/\bid=([\w.-]+)/g)].map(([, id]) => `${id}`);
  const position = new Map(ids.map((id, n) => [id, `#${n}`]));
  return line.replace(/\bsn=\w+/g, 'sn').replace(/(?<==)[\w.-]+/g, (word) => position.get(word) ?? word);
}

/** At most so many, the small ones and the large ones alike. */
export function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)] as T);
}

/** What depends on what functions there are, not on where they are. */
const OF_PARTS: readonly string[] = ['registers', 'writes'];
const OF_MAILBOX: readonly string[] = ['mailbox', 'registers in use'];

/**
 * The suite's machines, then random ones. Registers are compared on those that have parts which none before has, and mailboxes
 * of each kind on a few; all else on all machines. Random ones have random commands, which each gives.
 */
export function visitsOf(machines: readonly Topology[], random: readonly Draw[]): Visit[] {
  const parts = new Set<string>();
  const asked = new Map<string, number>();
  const left = (topology: Topology, of: readonly string[]): string[] => {
    const mine = partsOf(topology);
    const isNew = [...mine].some((part) => !parts.has(part));
    for (const part of mine) parts.add(part);
    return EVERY_COMPARATOR.filter(
      (name) => of.includes(name) || (!OF_MAILBOX.includes(name) && (isNew || !OF_PARTS.includes(name))),
    );
  };
  const ofSuite = machines.map((topology, n): Visit => {
    const times = ({ part }: { readonly part: string }) => asked.get(part) ?? 0;
    const [mailbox] = mailboxesOf(topology)
      .filter((each) => times(each) < MAILBOXES)
      .sort((a, b) => times(a) - times(b));
    if (mailbox) asked.set(mailbox.part, times(mailbox) + 1);
    const by = left(topology, mailbox ? OF_MAILBOX : []);
    return { draw: { ...drawOf(topology, n), ...(mailbox && { asked: mailbox.id }) }, by };
  });
  return [...ofSuite, ...random.map((draw) => ({ draw, by: left(draw.topology, OF_MAILBOX) }))];
}

/** What is done to a machine of the suite: a region in each of two windows, accesses, all commands of one of its mailboxes. */
const drawOf = (topology: Topology, n: number): Draw => ({
  topology,
  enabled: true,
  regions: [0, 1].map((window) => ({ window, offset: 0, share: 1, ports: 4, fan: 4, skip: 0, oddity: undefined })),
  touches: [0, 0x100, 0x1008, 0x3_0000].map((offset, region) => ({ region, offset })),
  device: n,
  commands: sampleCommands(COMMANDS, n),
});
