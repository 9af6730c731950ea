/** Two QEMUs that get the same machines, and in what they themselves differ: options, objects, QMP commands. */
import { DEFAULT_LINUX } from '../ledger/linux';
import { OBJECTS, type QemuOffer } from '../ledger/offer';
import { quirksOf } from '../ledger/quirks';
import type { Topology } from '../machine/topology';
import { commandLine } from '../options/command-line';
import { parse } from '../options/parse';
import { type DefaultsOfDevice, probeDefaults, probeQemu } from '../qemu/probe';
import { showCommand } from '../system/shell-word';
import { realMachine, type Start, simulator, type Traits, traitsOf } from './real-and-modelled';

export interface QemuPair {
  readonly base: Start;
  readonly patched: Start;
  readonly models: readonly Start[];
  /** What both can build into a machine. */
  readonly traits: Traits;
  /** Of the patched one, for people to paste. @throws NotApplicable for what it lacks. */
  readonly commandLine: (topology: Topology) => string;
  readonly offers: readonly OfferDifference[];
}

/** One has what the other does not, or has it otherwise. */
export interface OfferDifference {
  /** `cxl-type3,hdm-db`. */
  readonly what: string;
  readonly base: string;
  readonly patched: string;
  /** Whether what the base took is refused: a command that both have cannot do without an argument any more. */
  readonly breaks?: boolean;
}

const MANDATORY = 'mandatory';

/** @throws QemuError if one is no such QEMU. */
export async function openPair(base: string, patched: string): Promise<QemuPair> {
  const [ours, theirs] = (await Promise.all([base, patched].map((path) => probeQemu(path)))) as [QemuOffer, QemuOffer];
  const [a, b] = await Promise.all([base, patched].map((path) => probeDefaults(path)));
  const traits = [ours, theirs].map(traitsOf) as [Traits, Traits];
  return {
    base: realMachine(ours),
    patched: realMachine(theirs),
    models: [ours, theirs].map(({ version, platform }) =>
      simulator(new Set(quirksOf(version, DEFAULT_LINUX, platform)), version, platform),
    ),
    traits: new Set([...traits[0]].filter((name) => traits[1].has(name))),
    commandLine: (topology) => showCommand([theirs.path, ...commandLine(topology, theirs)]),
    offers: [
      ...together(between(optionsOf(a), optionsOf(b))),
      ...together(between(commandsOf(ours), commandsOf(theirs))).map((each) => ({
        ...each,
        breaks: each.patched === MANDATORY,
      })),
    ],
  };
}

const NOT_THERE = 'not there';

function between(base: ReadonlyMap<string, string>, patched: ReadonlyMap<string, string>): OfferDifference[] {
  return [...new Set([...base.keys(), ...patched.keys()])].sort().flatMap((what) => {
    const parent = what.split(/[, ]/)[0] ?? ''; // what belongs to something that is not there is not there either
    const alone = what !== parent && base.has(parent) !== patched.has(parent);
    const [a = NOT_THERE, b = NOT_THERE] = [base.get(what), patched.get(what)];
    return a === b || alone ? [] : [{ what, base: a, patched: b }];
  });
}

/** What several devices or commands have alike is one difference, and what most devices have is one of PCI devices. */
function together(differences: readonly OfferDifference[]): OfferDifference[] {
  const groups = new Map<string, OfferDifference[]>();
  for (const each of differences) {
    const [, property] = each.what.split(/[, ]/);
    const key = property === undefined ? each.what : `${property} ${each.base} ${each.patched}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const merged = [...groups.values()].map((group) => {
    const [{ what, base, patched }] = group as [OfferDifference];
    const [, separator = ''] = /([, ])/.exec(what) ?? [];
    const devices = group.map((each) => each.what.split(/[, ]/)[0]);
    const [device, property] = what.split(/[, ]/);
    const all = separator === ',' && devices.length >= MOST ? 'PCI devices' : devices.join(' and ');
    return {
      devices: devices.length,
      what: property === undefined ? `${device}` : `${all}${separator}${property}`,
      base,
      patched,
    };
  });
  return merged.sort((a, b) => a.devices - b.devices).map(({ what, base, patched }) => ({ what, base, patched }));
}

/** Of the six CXL devices. */
const MOST = 4;

/** What `-device` takes, with its default. */
function optionsOf(devices: DefaultsOfDevice = {}): Map<string, string> {
  return new Map(
    Object.entries(devices).flatMap(([device, properties]) => [
      [device, 'there'] as const,
      ...(properties ?? []).map(({ name, type, value }) => {
        return [`${device},${name}`, value === undefined ? type : `${type}, default ${value}`] as const;
      }),
    ]),
  );
}

/** QMP commands for CXL devices, their arguments, and objects. */
function commandsOf({ cxlCommands = {}, objects }: QemuOffer): Map<string, string> {
  return new Map([
    ...OBJECTS.filter((name) => objects.includes(name)).map((name) => [name, 'there'] as const),
    ...Object.entries(cxlCommands).flatMap(([command, given]) => [
      [command, 'there'] as const,
      ...given.map(({ name, mandatory }) => [`${command} ${name}`, mandatory ? MANDATORY : 'optional'] as const),
    ]),
  ]);
}

/** The machine that a command line describes; none for what has no place in a topology. */
export function machineOf(line: string): Topology | undefined {
  try {
    return parse(line);
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
