/** Two real QEMUs, machine by machine: in all that the comparators look at. */
import type { Topology } from '../machine/topology';
import type { BootedMachine, Start } from '../target/real-and-modelled';
import { type Comparator, chanceIn, ENDED } from './comparator';
import { comparators } from './comparators';
import { type Comparison, type Departure, hasEnded, observed, type Started, start } from './compare';
import { allDifferences, type Difference, showTree, type Tree } from './difference';
import type { Draw, Vocabulary } from './draw';
import { vocabulary } from './mailbox';
import { writes } from './writes';

/** Of a departure between them, `real` is what the base shows and `simulated` what the patched one does. */
export interface Between {
  readonly base: Start;
  readonly patched: Start;
  /** The simulator as the release of each: it knows where it is chance what becomes of a machine. */
  readonly models: readonly Start[];
}

/** All that is compared, in this order: what is written comes last. */
const ALL: readonly Comparator[] = [...comparators, writes];

/** What comes before it each time: it changes what is seen, or has seen what is no difference of its own. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  mailbox: ['decode'],
  'registers in use': ['registers', 'decode', 'mailbox'],
};

/** By name. */
export const EVERY_COMPARATOR: readonly string[] = ALL.map(({ name }) => name);

/**
 * All differences between the two machines that `draw` makes, by the comparators of these names. All of them look at the same
 * machines; where one has ended before it could be written to, others are.
 * @throws NotApplicable if a machine cannot be asked for.
 */
export async function differencesBetween(
  { base, patched }: Between,
  draw: Draw,
  names: readonly string[] = EVERY_COMPARATOR,
): Promise<Seen> {
  const wanted = new Set(names.flatMap((name) => [...(BEFORE[name] ?? []), name]));
  const by = ALL.filter(({ name }) => wanted.has(name));
  const look = (all: readonly Comparator[]) =>
    whileRunning([base, patched], draw, (machines) => departuresOf(machines, draw, all));
  const seen = await look(by);
  if (!seen.ended || !wanted.has(writes.name)) return seen;
  return { ...seen, departures: [...seen.departures, ...(await look([writes])).departures] };
}

/** What `look` finds on machines of their own. */
async function whileRunning<T>(
  [base, patched]: readonly [Start, Start],
  draw: Draw,
  look: (machines: readonly [Started, Started]) => Promise<T>,
): Promise<T> {
  const machines = await both(start(base, draw), start(patched, draw));
  try {
    return await look(machines);
  } finally {
    await Promise.all(machines.map(({ booted }) => booted?.machine.powerOff()));
  }
}

/** Waits for both, so that none is left running where the other fails. */
async function both<T extends Started>(a: Promise<T>, b: Promise<T>): Promise<readonly [T, T]> {
  const settled = await Promise.allSettled([a, b]);
  const failed = settled.find((each) => each.status === 'rejected');
  if (!failed) return [await a, await b];
  for (const each of settled) if (each.status === 'fulfilled') await each.value.booted?.machine.powerOff();
  throw failed.reason;
}

export interface Seen {
  readonly departures: readonly Departure[];
  /** Whether a machine has crashed, so that later comparators have not looked at it. */
  readonly ended: boolean;
  /** What was done to both. */
  readonly draw: Draw;
}

async function departuresOf([a, b]: readonly [Started, Started], draw: Draw, by: readonly Comparator[]): Promise<Seen> {
  const found: Departure[] = [];
  if (a.refusal !== b.refusal) {
    const [real, simulated] = [a, b].map(({ refusal }) => refusal ?? 'accepted') as [string, string];
    found.push({ comparator: 'refusal', path: [], real, simulated });
  }
  const machines = [a, b].flatMap(({ booted }) => booted ?? []);
  const seen = new Set<string>();
  let shared = draw;
  for (const { name, observe } of machines.length === 2 ? by : []) {
    if (name === 'mailbox') shared = { ...draw, among: await common(machines, draw) };
    const trees = await Promise.all(machines.map((each) => observed(observe({ ...each, draw: shared }))));
    const differences = told(allDifferences(trees[0], trees[1]), name).map((each) => namedIn(draw.topology, each));
    const fresh = differences.filter((each) => !seen.has(keyOf(each)));
    for (const each of fresh) seen.add(keyOf(each));
    found.push(...fresh.map((each) => ({ comparator: name, ...each })));
    if (trees.some(hasEnded)) return { departures: found, ended: true, draw: shared };
  }
  return { departures: found, ended: false, draw: shared };
}

const keyOf = ({ path, real, simulated }: Difference): string => `${path.join(' ')} ${real} ${simulated}`;

/** What both mailboxes have. */
async function common(machines: readonly BootedMachine[], draw: Draw): Promise<Vocabulary> {
  const [ours, theirs] = await Promise.all(machines.map((each) => vocabulary({ ...each, draw })));
  const has = <T>(list: readonly T[] = []) => new Set(list);
  const [opcodes, features] = [has(theirs?.opcodes), has(theirs?.features)];
  return {
    opcodes: (ours?.opcodes ?? []).filter((each) => opcodes.has(each)),
    features: (ours?.features ?? []).filter((each) => features.has(each)),
  };
}

/** Names to a whole answer: the device, `answers`, the command. After a crash one side has none. */
const ANSWER = 3;

/** Bytes only where no field says more; of what a mailbox has answered, where it differs first. */
function told(differences: readonly Difference[], comparator: string): readonly Difference[] {
  const isRaw = ({ path }: Difference) => path.some((name) => name === 'bytes' || name === 'entries');
  const decoded = differences.filter((each) => !isRaw(each));
  if (decoded.length === 0) return differences.slice(0, 1);
  if (comparator !== 'mailbox') return decoded;
  const crash = decoded.findIndex(({ path }) => path.includes(ENDED));
  const alive = decoded.filter((each, i) => crash < 0 || i <= crash || each.path.length !== ANSWER);
  const answered = new Set<string>();
  return alive.filter(({ path: [of, part, command] }) => {
    const key = `${of} ${part} ${command}`;
    return part !== 'answers' || (!answered.has(key) && answered.add(key));
  });
}

/** With what the function is, in the place of its id. */
function namedIn({ hostBridges, switches = [], type3s }: Topology, difference: Difference): Difference {
  const kinds = new Map([
    ...hostBridges.flatMap(({ id, rootPorts }) => [[id, 'pxb-cxl'], ...rootPorts.map((port) => [port, 'cxl-rp'])]),
    ...switches.map(({ id }) => [id, 'cxl-upstream']),
    ...type3s.map(({ id }) => [id, 'cxl-type3']),
  ] as [string, string][]);
  const name = (word: string) =>
    kinds.get(word) ??
    word.replace(/^host bridge \d+$/, 'pxb-cxl').replace(/^[\da-f]+:[\da-f]+:?[\da-f.]+$/, 'function');
  const words = (text: string) => text.split(' ').map(name).join(' ');
  return {
    ...difference,
    path: difference.path.map((step) => (step.startsWith('host bridge') ? name(step) : words(step))),
  };
}

/** Of some of the differences that were seen, those that are no chance; with the quirk by which the others are. */
export async function withoutChance(
  { models }: Pick<Between, 'models'>,
  { draw }: Pick<Seen, 'draw'>,
  departures: readonly Departure[],
): Promise<Comparison> {
  const last = Math.max(...departures.map(({ comparator }) => ORDER.indexOf(comparator)));
  const looked = comparators.filter(({ name }) => ORDER.indexOf(name) <= last);
  const chances = await Promise.all(models.map((model) => chanceOf(model, draw, looked)));
  const left = departures.filter((each) => chances.every((chance) => !chance || isBefore(each, chance)));
  const [first] = chances.flatMap((chance) => chance ?? []);
  return first && left.length < departures.length ? { departures: left, explained: first.quirk } : { departures };
}

/** In which it can become chance what a machine shows: `writes` is not among them, for commands change nothing that it writes to. */
const ORDER = ['refusal', ...comparators.map(({ name }) => name)];

interface Chance {
  /** From this comparator on, */
  readonly from: string;
  /** and of what a mailbox answers, from this command on. */
  readonly command?: number;
  readonly quirk: string;
}

function isBefore({ comparator, path: [, part, name = ''] }: Departure, { from, command }: Chance): boolean {
  if (comparator !== from || command === undefined) return ORDER.indexOf(comparator) < ORDER.indexOf(from);
  return part !== 'answers' || Number.parseInt(name, 10) < command;
}

async function chanceOf(model: Start, draw: Draw, by: readonly Comparator[]): Promise<Chance | undefined> {
  const { booted, refusal } = await start(model, draw);
  try {
    const quirk = chanceIn(refusal);
    if (quirk !== undefined) return { from: 'refusal', quirk };
    if (!booted) return undefined;
    return await chanceWithin({ ...booted, draw }, by);
  } finally {
    await booted?.machine.powerOff();
  }
}

async function chanceWithin(
  specimen: Parameters<Comparator['observe']>[0],
  all: readonly Comparator[],
): Promise<Chance | undefined> {
  for (const { name, observe } of all) {
    const tree = await observed(observe(specimen));
    const [, quirk] = /by chance, by the quirk ([\w-]+)/.exec(showTree(tree)) ?? [];
    if (quirk) return { from: name, quirk, ...(name === 'mailbox' && { command: lastCommand(tree) }) };
    if (hasEnded(tree)) return undefined;
  }
  return undefined;
}

/** Its number, for a mailbox is asked nothing after what is answered by chance. */
function lastCommand(tree: Tree): number {
  const [box] = Object.values(tree as Readonly<Record<string, { readonly answers: object }>>);
  return Number.parseInt(Object.keys(box?.answers ?? {}).at(-1) ?? '0', 10);
}
