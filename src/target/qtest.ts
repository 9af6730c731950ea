import { DEFAULT_LINUX } from '../ledger/linux';
import { needPlatform, offers, platformOfOffer } from '../ledger/offer';
import { personalitiesOf } from '../ledger/personality';
import { DEFAULT_PLATFORM } from '../ledger/platforms';
import type { Setup } from '../machine/topology';
import { onPlatform } from '../options/on-platform';
import { attempt, BARE } from '../qemu/attempt';
import { findQemu, probeQemu } from '../qemu/probe';
import { HALTED } from '../qemu/process';
import { QtestMachine } from '../qemu/qtest-machine';
import { showCommand } from '../system/shell-word';
import { linuxOption, ModelledPlatform, platformOption } from './modelled-platform';
import { lackingOn, needPlatformOf } from './platform-needs';
import { atMost, MachinePool } from './pool';
import { qemuSubject } from './qemu-subject';
import { type StartedWith, Tape } from './tape';
import type { Target, TargetOptions } from './target';

const MACHINES_KEPT = 6;

/** A real QEMU, halted before its first instruction: the firmware and the OS model drive it from here. */
export async function openQtest({
  qemu,
  platform,
  without,
  taped,
  unshared,
  linux = DEFAULT_LINUX,
}: TargetOptions): Promise<Target> {
  const found = await findQemu(qemu, process.env, platform);
  const offer = await probeQemu(found.path);
  needPlatformOf(offer, platform);
  const personalities = personalitiesOf(offer.version, linux, offer.package, offer.platform);
  const { words, withoutOptions, ...subject } = await qemuSubject(found, offer, personalities, without);
  const tape = taped ? new Tape() : undefined;
  const start = async ({ topology, commandLine: given, ...setup }: Setup) => {
    const { steppedClock = false } = setup;
    needPlatform(offer, topology.machineType ?? (given ? DEFAULT_PLATFORM : platformOfOffer(offer)));
    const begin = () =>
      given ? QtestMachine.ofOptions(given, offer, topology) : QtestMachine.start(topology, offer, { steppedClock });
    if (tape) {
      const words = QtestMachine.startedWith(topology, offer, { steppedClock });
      const machine = await tape.start(begin, startedWith(offer.path, words));
      return tape.boot(() => ModelledPlatform.boot(machine, { setup, linux }));
    }
    const machine = await begin();
    const { commandLine } = machine;
    return ModelledPlatform.boot(machine, { setup, linux, commandLine, evidence: () => machine.evidence() });
  };
  const pool = new MachinePool(atMost(unshared ? 0 : MACHINES_KEPT), start);
  return {
    subject: {
      target: 'qtest',
      description: `qtest, ${words}, Linux ${linux} modelled`,
      ...subject,
      options: [...linuxOption(linux), ...platformOption(platformOfOffer(offer)), ...withoutOptions],
    },
    personalities,
    ...(tape && { tape }),
    lacks: lackingOn(platformOfOffer(offer)),
    has: (device, property) => offers(offer, device, property),
    started: () => pool.started,
    powerOn: (setup) => pool.powerOn(setup),
    attempt: (wanted) => {
      const words = { arguments: [...onPlatform(wanted.options, offer.platform), ...BARE], files: wanted.files };
      return tape ? tape.attempt(() => attempt(wanted, offer), startedWith(offer.path, words)) : attempt(wanted, offer);
    },
    release: (platform) => pool.release(platform),
    close: () => pool.close(),
  };
}

/** As the tape keeps it, quoted for a shell. */
export function startedWith(
  binary: string,
  { arguments: words, files }: { readonly arguments: readonly string[]; readonly files: StartedWith['files'] },
): StartedWith {
  return { binary: showCommand([binary]), options: showCommand([...words, ...HALTED]), files };
}
