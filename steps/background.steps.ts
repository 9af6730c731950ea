/** Background operations, the clock that they need, and the media. */
import { Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { commandNamed } from '../src/codec/cxl/mailbox/command';
import { returnCodeNamed } from '../src/codec/cxl/mailbox/return-code';
import type { BackgroundState } from '../src/machine/memory-device';
import type { CxlWorld } from './support/world';

/** Of the machine's clock, which stands still otherwise: the feature has the tag `@needs:clock`. */
When('{int} seconds pass/passed', async function (this: CxlWorld, seconds: number) {
  await (await this.operator()).elapse(seconds);
});

/** `Sanitize, 93 % complete`, while it runs; `Sanitize, ended with Success`; `none` if nothing runs. By Mailbox Status and Background Command Status. */
Then('the background operation of {id} is {}', async function (this: CxlWorld, id: string, expected: string) {
  const state = await (await this.device(id)).background();
  const found = expected === 'none' && !state.running ? 'none' : showBackground(state);
  const what = `background operation of ${id}`;
  expect({ [what]: found }).toEqual({ [what]: expected });
});

/** Media Status, of the Memory Device Status register: `ready` or `disabled`. */
Then('the media of {id} are {media}', async function (this: CxlWorld, id: string, media: string) {
  const what = `Media Status of ${id}`;
  expect({ [what]: await (await this.device(id)).mediaStatus() }).toEqual({ [what]: media });
});

function showBackground({ running, opcode, percentage, code }: BackgroundState): string {
  return `${commandNamed(opcode)}, ${running ? `${percentage} % complete` : `ended with ${returnCodeNamed(code)}`}`;
}
