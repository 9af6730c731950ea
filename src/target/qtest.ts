import { DEFAULT_LINUX } from '../ledger/linux';
import { personalitiesOf } from '../ledger/personality';
import type { Setup } from '../machine/topology';
import { attempt } from '../qemu/attempt';
import { findQemu, probeQemu } from '../qemu/probe';
import { QtestMachine } from '../qemu/qtest-machine';
import { linuxOption, ModelledPlatform } from './modelled-platform';
import { atMost, MachinePool } from './pool';
import { qemuSubject } from './qemu-subject';
import type { Target, TargetOptions } from './target';

const MACHINES_KEPT = 6;

/** A real QEMU, halted before its first instruction: the firmware and the OS model drive it from here. */
export async function openQtest({ qemu, without, linux = DEFAULT_LINUX }: TargetOptions): Promise<Target> {
  const found = await findQemu(qemu);
  const offer = await probeQemu(found.path);
  const personalities = personalitiesOf(offer.version, linux, offer.package);
  const { words, withoutOptions, ...subject } = qemuSubject(found, offer, personalities, without);
  const start = async ({ topology, commandLine: given, ...setup }: Setup) => {
    const { steppedClock = false } = setup;
    const machine = given
      ? await QtestMachine.ofOptions(given, offer, topology)
      : await QtestMachine.start(topology, offer, { steppedClock });
    const { commandLine } = machine;
    return ModelledPlatform.boot(machine, { setup, linux, commandLine, evidence: () => machine.evidence() });
  };
  const pool = new MachinePool(atMost(MACHINES_KEPT), start);
  return {
    subject: {
      target: 'qtest',
      description: `qtest, ${words}, Linux ${linux} modelled`,
      ...subject,
      options: [...linuxOption(linux), ...withoutOptions],
    },
    personalities,
    lacks: {},
    started: () => pool.started,
    powerOn: (setup) => pool.powerOn(setup),
    attempt: (wanted) => attempt(wanted, offer),
    release: (platform) => pool.release(platform),
    close: () => pool.close(),
  };
}
