/** A machine twice: as a real QEMU, and in the simulator with what is known of that QEMU's release. */
import { boot } from '../firmware/boot';
import { DEFAULT_LINUX } from '../ledger/linux';
import { platformOfOffer, type QemuOffer } from '../ledger/offer';
import { namesOf } from '../ledger/offer-names';
import { DEFAULT_PLATFORM, type PlatformName } from '../ledger/platforms';
import { type Quirks, quirksOf } from '../ledger/quirks';
import type { Hardware } from '../machine/hardware';
import type { Handover } from '../machine/host';
import type { Operator } from '../machine/operator';
import type { Topology } from '../machine/topology';
import { commandLine } from '../options/command-line';
import { findQemu, probeQemu } from '../qemu/probe';
import { QtestMachine } from '../qemu/qtest-machine';
import { showCommand } from '../system/shell-word';
import { startedWith } from './qtest';
import { simulate } from './simulated';
import { Tape } from './tape';

export interface BootedMachine {
  readonly machine: Hardware & Operator;
  readonly handover: Handover;
}

/** Starts a machine and has firmware set it up. @throws Refusal, NotApplicable */
export type Start = (topology: Topology) => Promise<BootedMachine>;

/** What a QEMU can build into a machine: devices, `DEVICE.PROPERTY`, objects. */
export type Traits = ReadonlySet<string>;

export interface Twins {
  /** Of the real one. */
  readonly version: string;
  readonly traits: Traits;
  readonly real: Start;
  readonly simulated: Start;
  /** The simulated one without one of its quirks. */
  readonly without: (quirk: string) => Start;
  /** Both with a tape of all that is asked of them. */
  readonly taped: () => { readonly real: Taped; readonly simulated: Taped };
  /** For people to paste. @throws NotApplicable for what the QEMU lacks. */
  readonly commandLine: (topology: Topology) => string;
}

export interface Taped {
  readonly tape: Tape;
  readonly start: Start;
}

/** @throws QemuError if there is no such QEMU. */
export async function openTwins(qemu?: string): Promise<Twins> {
  const offer = await probeQemu((await findQemu(qemu)).path);
  const platform = platformOfOffer(offer);
  const quirks = new Set(quirksOf(offer.version, DEFAULT_LINUX, platform));
  return {
    version: offer.version,
    traits: traitsOf(offer),
    real: realMachine(offer),
    simulated: simulator(quirks, offer.version, platform),
    without: (quirk) => simulator(new Set([...quirks].filter((each) => each !== quirk)), offer.version, platform),
    taped: () => ({ real: tapedQemu(offer), simulated: tapedSimulator(quirks, offer.version, platform) }),
    commandLine: (topology) => showCommand([offer.path, ...commandLine(topology, offer)]),
  };
}

/** Machines of that QEMU. */
export const realMachine =
  (offer: QemuOffer): Start =>
  async (topology) =>
    booted(await QtestMachine.start(topology, offer));

function tapedQemu(offer: QemuOffer): Taped {
  const tape = new Tape();
  const start: Start = async (topology) => {
    const words = startedWith(offer.path, QtestMachine.startedWith(topology, offer));
    const machine = await tape.start(() => QtestMachine.start(topology, offer), words);
    return tape.boot(() => booted(machine));
  };
  return { tape, start };
}

function tapedSimulator(quirks: Quirks, release: string, machineType: PlatformName): Taped {
  const tape = new Tape();
  const start: Start = async (topology) => {
    const machine = await tape.start(async () => simulate({ machineType, ...topology }, quirks, release));
    return tape.boot(() => booted(machine));
  };
  return { tape, start };
}

export const traitsOf = (offer: QemuOffer): Traits => new Set(namesOf(offer));

/** Simulated machines with these quirks; with the facts of a release, if one is given. */
export const simulator =
  (quirks: Quirks, release?: string, machineType: PlatformName = DEFAULT_PLATFORM): Start =>
  async (topology) =>
    booted(simulate({ machineType, ...topology }, quirks, release));

/** Has firmware set up a machine that is on, or that was reset. */
export const setUp = (machine: Hardware): Promise<Handover> => boot(machine, { reservations: [] }, new Set());

async function booted(machine: Hardware & Operator): Promise<BootedMachine> {
  try {
    return { machine, handover: await setUp(machine) };
  } catch (error) {
    await machine.powerOff();
    throw error;
  }
}
