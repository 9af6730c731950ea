/** Pictures of the machines of scenarios, each drawn once, by the memory map that the simulator's firmware leaves. */
import { PickleStepType } from '@cucumber/messages';
import type { Scenario } from '../report/catalogue';
import { pickleOf } from './catalogue';
import { loadDefinitions } from './cucumber';
import { type Rehearsed, rehearse, rehearsed } from './rehearsal';

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
    const whole = rehearsed(scenario.id, pickleOf(scenario), definitions);
    const given = whole.steps.filter(({ step }) => step.type === PickleStepType.CONTEXT);
    return { ...whole, steps: [...given, powerOn] };
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

/** What the world of a scenario has for this: it powers its machine on. */
interface World {
  platform(): Promise<unknown>;
}

/** In the place of all steps behind the Given ones. */
const powerOn = {
  step: { id: 'power-on', astNodeIds: [], text: 'the machine is powered on', type: PickleStepType.OUTCOME },
  definition: {
    getInvocationParameters: async () => ({ parameters: [] }),
    code(this: World) {
      return this.platform();
    },
  } as unknown as Rehearsed['steps'][number]['definition'],
};
