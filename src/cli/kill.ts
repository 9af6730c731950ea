/** Which scenarios each quirk makes fail, found out by running them all on the simulator that has it. */
import type { Envelope } from '@cucumber/messages';
import { collect } from '../report/collect';
import { runFeatures } from './cucumber';

/** Ids of the scenarios that do not conform on a simulator with that quirk; with none unless one is given. */
export async function killedBy(...planted: string[]): Promise<string[]> {
  const messages: Envelope[] = [];
  const parameters = { target: 'simulator', quirks: planted };
  await runFeatures({ profile: 'simulator', paths: [], parameters, quiet: true }, (message) => messages.push(message));
  return collect(messages).scenarios.flatMap(({ verdict, id }) => (verdict === 'conforms' ? [] : [id]));
}
