/** A machine of the simulator, or the refusal of one: by its topology, or by QEMU's options for it. */
import { SimulatedMachine } from '../device/machine';
import { refuseUnlessPossible } from '../device/refusals';
import { type Facts, factsOf } from '../ledger/facts';
import type { Quirks } from '../ledger/quirks';
import type { Attempt } from '../machine/attempt';
import type { Topology } from '../machine/topology';
import { readCommandLine } from '../options/line';
import { needOffered } from '../options/offered';
import { commandLine } from '../qemu/command-line';
import type { QemuOffer } from '../qemu/offer';

const NULL = { name: '/dev/null', bytes: new Uint8Array() };

/** The QEMU that the simulator is, as a probe would find it. */
export function simulatedOffer(facts: Facts, version: string): QemuOffer {
  const devices = Object.entries(facts.devices).map(([name, properties]) => [name, Object.keys(properties)]);
  return {
    ...{ path: 'simulator', version, package: '', devices: Object.fromEntries(devices), commands: [] },
    objects: facts.objects as QemuOffer['objects'],
  };
}

/** @throws Refusal, MachineCrash as QEMU refuses it; NotApplicable for what the release lacks */
export function simulate(topology: Topology, quirks: Quirks, release?: string): SimulatedMachine {
  const facts = factsOf(release);
  const options = commandLine(topology, simulatedOffer(facts, release ?? 'simulated'));
  refuseUnlessPossible(readCommandLine(options), quirks, facts);
  return new SimulatedMachine(topology, quirks, facts);
}

/** @throws Refusal, MachineCrash, NotApplicable */
export function attemptSimulated({ options, files }: Attempt, quirks: Quirks, release?: string): void {
  const facts = factsOf(release);
  const line = readCommandLine(options);
  needOffered(line, simulatedOffer(facts, release ?? 'simulated'));
  refuseUnlessPossible(line, quirks, facts, (name) => [NULL, ...files].find((file) => file.name === name)?.bytes);
}
