import { factsOf } from '../ledger/facts';
import { DEFAULT_LINUX } from '../ledger/linux';
import { CONFORMING, personalitiesOf } from '../ledger/personality';
import { quirkNamed, quirksOf, TracedQuirks } from '../ledger/quirks';
import { releaseNamed } from '../ledger/release';
import type { Attempt } from '../machine/attempt';
import type { Setup } from '../machine/topology';
import { offers } from '../qemu/offer';
import { linuxOption, ModelledPlatform } from './modelled-platform';
import { atMost, MachinePool } from './pool';
import { attemptSimulated, simulate, simulatedOffer } from './simulated';
import { Tape } from './tape';
import type { Target, TargetOptions } from './target';

const MACHINES_KEPT = 6;

/** A machine in this process: what the specifications ask for, or with the quirks and facts of a release; and the quirks that it is given. */
export async function openSimulator(options: TargetOptions): Promise<Target> {
  const { quirks = [], mended = [], linux = DEFAULT_LINUX, taped } = options;
  const release = options.release && releaseNamed(options.release);
  const own = release ? quirksOf(release, linux).filter((name) => !mended.includes(name)) : [];
  const has = new TracedQuirks([...own, ...quirks.map(quirkNamed)]);
  const tape = taped ? new Tape() : undefined;
  const personality = release ? `as QEMU ${release}` : 'conforming';
  const planted = quirks.length > 0 ? `, with ${quirks.join(', ')}` : '';
  const start = async ({ topology, ...setup }: Setup) => {
    const begin = async () => simulate(topology, has, release);
    if (!tape) return ModelledPlatform.boot(await begin(), { setup, linux, quirks: has });
    const machine = await tape.start(begin);
    return tape.boot(() => ModelledPlatform.boot(machine, { setup, linux, quirks: has }));
  };
  const offer = simulatedOffer(factsOf(release), release ?? 'simulated');
  const tryOut = async (wanted: Attempt) =>
    attemptSimulated({ ...wanted, options: [...wanted.options, '-nodefaults'] }, has, release);
  const pool = new MachinePool(atMost(options.unshared ? 0 : MACHINES_KEPT), start);
  return {
    subject: {
      target: 'simulator',
      description: `simulator, ${personality}${planted}`,
      options: [
        ...linuxOption(linux),
        ...(release ? ['--release', release] : []),
        ...quirks.flatMap((quirk) => ['--quirk', quirk]),
      ],
    },
    personalities: release ? personalitiesOf(release, linux) : [{ name: CONFORMING, linux }],
    quirksAsked: has.asked,
    ...(tape && { tape }),
    lacks: {},
    has: (device, property) => offers(offer, device, property),
    started: () => pool.started,
    powerOn: (setup) => pool.powerOn(setup),
    attempt: (wanted) => (tape ? tape.attempt(() => tryOut(wanted)) : tryOut(wanted)),
    release: (platform) => pool.release(platform),
    close: () => pool.close(),
  };
}
