/** Pictures of the machines of scenarios, each drawn once, by the memory map that the simulator's firmware leaves. */
import { type Pickle, PickleStepType } from '@cucumber/messages';
import type { Scenario } from '../report/catalogue';
import { pickleOf } from './catalogue';
import { loadDefinitions } from './cucumber';
import { rehearse, rehearsed } from './rehearsal';

export interface Machines {
  /** Names of pictures by ids of scenarios; one whose machine is refused, or is in no one's words, has none. */
  readonly of: ReadonlyMap<string, string>;
  /** Pictures by name. */
  readonly pictures: ReadonlyMap<string, string>;
}

/** Of these scenarios. Each is followed as far as its Given steps go; the machine is then powered on. */
export async function machinesOf(scenarios: readonly Scenario[]): Promise<Machines> {
  const definitions = await loadDefinitions('simulator');
  const [of, pictures] = [new Map<string, string>(), new Map<string, string>()];
  const ready = scenarios.map((scenario) => {
    const { pickle, gherkinDocument } = pickleOf(scenario);
    return rehearsed(scenario.id, { gherkinDocument, pickle: poweredOn(pickle) }, definitions);
  });
  await rehearse(
    ready,
    { target: 'simulator' },
    definitions,
    () => {},
    undefined,
    (i, name, picture) => {
      of.set(`${ready[i]?.id}`, name);
      if (picture) pictures.set(name, picture);
    },
  );
  return { of, pictures };
}

/** Its Given steps, and one that asks nothing but that the machine starts. */
function poweredOn(pickle: Pickle): Pickle {
  const given = pickle.steps.filter(({ type }) => type === PickleStepType.CONTEXT);
  const starts = { id: `${pickle.id}-starts`, astNodeIds: [], text: 'QEMU starts', type: PickleStepType.OUTCOME };
  return { ...pickle, steps: [...given, starts] };
}
