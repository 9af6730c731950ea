import { factsOf } from '../ledger/facts';
import { DEFAULT_LINUX } from '../ledger/linux';
import { offers } from '../ledger/offer';
import { personalitiesOf, personality } from '../ledger/personality';
import { DEFAULT_PLATFORM } from '../ledger/platforms';
import { quirkNamed, quirksOf, TracedQuirks } from '../ledger/quirks';
import { releaseNamed } from '../ledger/release';
import type { Attempt } from '../machine/attempt';
import type { Setup } from '../machine/topology';
import { onPlatform } from '../options/on-platform';
import { linuxOption, ModelledPlatform, platformOption } from './modelled-platform';
import { lackingOn } from './platform-needs';
import { atMost, MachinePool } from './pool';
import { attemptSimulated, simulate, simulatedOffer } from './simulated';
import { Tape } from './tape';
import type { Target, TargetOptions } from './target';

const MACHINES_KEPT = 6;

/** A machine in this process: what the specifications ask for, or with the quirks and facts of a release; and the quirks that it is given. */
export async function openSimulator(options: TargetOptions): Promise<Target> {
  const { quirks = [], mended = [], linux = DEFAULT_LINUX, platform = DEFAULT_PLATFORM, taped } = options;
  const release = options.release && releaseNamed(options.release);
  const own = release ? quirksOf(release, linux, platform).filter((name) => !mended.includes(name)) : [];
  const has = new TracedQuirks([...own, ...quirks.map(quirkNamed)]);
  const tape = taped ? new Tape() : undefined;
  const as = release ? `as QEMU ${release}` : 'conforming';
  const where = platform === DEFAULT_PLATFORM ? '' : ` on ${platform}`;
  const planted = quirks.length > 0 ? `, with ${quirks.join(', ')}` : '';
  const start = async ({ topology: wanted, ...setup }: Setup) => {
    const topology = { ...wanted, machineType: wanted.machineType ?? platform };
    const begin = async () => simulate(topology, has, release);
    if (!tape) return ModelledPlatform.boot(await begin(), { setup, linux, quirks: has });
    const machine = await tape.start(begin);
    return tape.boot(() => ModelledPlatform.boot(machine, { setup, linux, quirks: has }));
  };
  const offer = simulatedOffer(factsOf(release), release ?? 'simulated', platform);
  const tryOut = async ({ options, files }: Attempt) =>
    attemptSimulated({ options: [...onPlatform(options, platform), '-nodefaults'], files }, has, release, platform);
  const pool = new MachinePool(atMost(options.unshared ? 0 : MACHINES_KEPT), start);
  return {
    subject: {
      target: 'simulator',
      description: `simulator, ${as}${where}${planted}`,
      options: [
        ...linuxOption(linux),
        ...platformOption(platform),
        ...(release ? ['--release', release] : []),
        ...quirks.flatMap((quirk) => ['--quirk', quirk]),
      ],
    },
    personalities: release ? personalitiesOf(release, linux, '', platform) : [personality(linux, undefined, platform)],
    quirksAsked: has.asked,
    ...(tape && { tape }),
    lacks: lackingOn(platform),
    has: (device, property) => offers(offer, device, property),
    started: () => pool.started,
    powerOn: (setup) => pool.powerOn(setup),
    attempt: (wanted) => (tape ? tape.attempt(() => tryOut(wanted)) : tryOut(wanted)),
    release: (platform) => pool.release(platform),
    close: () => pool.close(),
  };
}
