/** Whose registers a step is about: a function or host bridge by its id, or each function of the machine. */
import { OutOfReach } from '../../src/ledger/verdict';
import type { RegisterDump } from '../../src/machine/registers';
import { needPart } from './any-machine';
import type { CxlWorld } from './world';

export type FunctionsOf = (world: CxlWorld) => Promise<readonly RegisterDump[]>;

/** `any function`, `each function`, `dev`. */
export const functionsNamed = (text: string): FunctionsOf =>
  /^(?:any|each) function$/.test(text)
    ? dumps
    : async (world) => [{ ...(await (await world.registers(text)).dump()), of: text }];

/** Those with a configuration space: a host bridge has none. */
export const withConfiguration = (dumps: readonly RegisterDump[]): RegisterDump[] =>
  dumps.filter(({ blocks }) => 'configuration' in blocks);

/** Of all functions behind CXL host bridges, and of the bridges. @throws OutOfReach if there is no such function */
async function dumps(world: CxlWorld): Promise<RegisterDump[]> {
  needPart(world, 'hostBridges');
  await world.hardware();
  const { registers = [] } = (await (await world.platform()).everything?.()) ?? {};
  const found = await Promise.all(registers.map((each) => each.dump()));
  if (withConfiguration(found).length === 0) throw new OutOfReach('there is no function behind a CXL host bridge');
  return found;
}
