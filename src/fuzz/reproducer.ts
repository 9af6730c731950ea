/** What fuzzing has found as a shell script that needs a QEMU and nothing of this suite. */
import { differences } from '../reproduce/blame';
import { cutDown, endedBy, type Part, partsOf } from '../reproduce/cut-down';
import { probesOf } from '../reproduce/probe';
import { scriptOf } from '../reproduce/script';
import type { Twins } from '../target/real-and-modelled';
import type { Found } from './fuzz';
import { tryOut } from './trial';

/** Of no step of a scenario. */
const LAST_STEP = 0;

/** Undefined where the accesses show nothing when they are made again: a start that fails, or a value that is another each time. */
export async function reproducerOf(
  { trial }: Found,
  twins: Twins,
  about: readonly string[],
  until: number,
): Promise<string | undefined> {
  const { real, simulated } = twins.taped();
  await tryOut(trial, real.start, simulated.start, twins.version);
  const { startedWith, calls, again } = real.tape;
  if (!startedWith || !again || real.tape.refusal) return undefined;
  const ended = calls.findIndex(({ outcome }) => !outcome || ('error' in outcome && endedBy(outcome.error)));
  const outcome = calls[ended]?.outcome;
  const crash = outcome && 'error' in outcome ? endedBy(outcome.error) : undefined;
  const all = differences(calls, simulated.tape.calls, LAST_STEP);
  const first = all.find(({ call }) => !call.boot && (call.method === 'read64' || call.method === 'read32')); // files of firmware lie elsewhere
  if (!crash && !first) return undefined;
  const parts: Part[] = crash
    ? calls.slice(0, ended + 1).map((call) => ({ call }))
    : partsOf(calls, new Map(first ? [[first.call, probesOf(first)]] : []));
  const cut = await cutDown({
    parts,
    calls,
    ...(crash && { crash }),
    qemu: again,
    simulator: simulated.tape.again,
    isTimeUp: () => Date.now() >= until,
  });
  const fault = crash ? ({ kind: 'crash', came: crash } as const) : ({ kind: 'value' } as const);
  return cut.shows ? scriptOf({ about, startedWith, steps: [], parts: cut.parts, fault }) : undefined;
}
