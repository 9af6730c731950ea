/** A machine of the simulator, or the refusal of one: by its topology, or by QEMU's options for it. */
import { SimulatedMachine } from '../device/machine';
import { type Facts, factsOf } from '../ledger/facts';
import type { QemuOffer } from '../ledger/offer';
import { DEFAULT_PLATFORM, PLATFORMS, type PlatformName } from '../ledger/platforms';
import { type QuirkName, type Quirks, TracedQuirks } from '../ledger/quirks';
import { precedes } from '../ledger/release';
import { NotApplicable } from '../ledger/verdict';
import type { Attempt } from '../machine/attempt';
import { MachineCrash } from '../machine/crash';
import type { Topology, Type3 } from '../machine/topology';
import { lineOf, wordsOf } from '../options/command-line';
import { type CommandLine, readCommandLine } from '../options/line';
import { needOffered } from '../options/offered';
import { type3Device } from '../options/type3';
import { refuseUnlessPossible } from '../refusals/refusals';

const NULL = { name: '/dev/null', bytes: new Uint8Array() };

/** The QEMU that the simulator is, as a probe would find it. */
export function simulatedOffer(facts: Facts, version: string, platform: PlatformName = DEFAULT_PLATFORM): QemuOffer {
  const devices = Object.entries(facts.devices).map(([name, properties]) => [name, Object.keys(properties)]);
  return {
    path: 'simulator',
    version,
    platform,
    package: '',
    devices: Object.fromEntries(devices),
    commands: [],
    objects: facts.objects,
  };
}

/** @throws Refusal, MachineCrash as QEMU refuses it; NotApplicable for what the release lacks */
export function simulate(topology: Topology, quirks: Quirks, release?: string): SimulatedMachine {
  needRelease(topology.machineType, release);
  const facts = factsOf(release);
  const offer = simulatedOffer(facts, release ?? 'simulated', topology.machineType);
  try {
    refuseUnlessAccepted(lineOf(topology, offer), quirks, release);
  } catch (error) {
    if (error instanceof MachineCrash) error.atStart = true;
    throw error;
  }
  return new OfferedMachine(topology, quirks, facts, offer);
}

/** @throws NotApplicable if the release has no CXL on that platform. */
function needRelease(platform: PlatformName = DEFAULT_PLATFORM, release?: string): void {
  const { from } = PLATFORMS[platform];
  if (release === undefined || !precedes(release, from)) return;
  throw new NotApplicable(`QEMU ${release} has no CXL on machine ${platform}: that came with ${from}`);
}

/** A machine that takes no device that its release does not have. */
class OfferedMachine extends SimulatedMachine {
  constructor(
    topology: Topology,
    quirks: Quirks,
    facts: Facts,
    private readonly offer: QemuOffer,
  ) {
    super(topology, quirks, facts);
  }

  override async hotAdd(type3: Type3): Promise<void> {
    type3Device(type3, this.offer);
    return super.hotAdd(type3);
  }
}

/** For each set of quirks the options that are known to be possible, with the quirks that made no difference to that. */
const accepted = new WeakMap<Quirks, Map<string, ReadonlySet<QuirkName>>>();

/** Looks once at options that are asked for again and again; whoever wants to know sees it ask for the same quirks each time. */
function refuseUnlessAccepted(line: CommandLine, quirks: Quirks, release?: string): void {
  const known = accepted.get(quirks) ?? new Map<string, ReadonlySet<QuirkName>>();
  accepted.set(quirks, known);
  const key = [release, ...wordsOf(line)].join(' ');
  const traced = new TracedQuirks(quirks);
  try {
    if (!known.has(key)) refuseUnlessPossible(line, traced, factsOf(release));
    known.set(key, known.get(key) ?? traced.asked);
  } finally {
    for (const name of known.get(key) ?? traced.asked) quirks.has(name);
  }
}

/** @throws Refusal, MachineCrash, NotApplicable */
export function attemptSimulated(
  { options, files }: Attempt,
  quirks: Quirks,
  release?: string,
  platform?: PlatformName,
): void {
  const facts = factsOf(release);
  const line = readCommandLine(options);
  needOffered(line, simulatedOffer(facts, release ?? 'simulated', platform));
  refuseUnlessPossible(line, quirks, facts, (name) => [NULL, ...files].find((file) => file.name === name)?.bytes);
}
