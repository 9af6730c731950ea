/** What is done to devices by QMP. */
import { type DataTable, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { parseOption } from '../src/options/option';
import { anyEvent, complaintOf, errorOf, qmpArguments, tell } from './support/qmp';
import type { CxlWorld } from './support/world';

/** By QMP's cxl-inject-..., with these arguments; one without a value is not given. */
When('this {injection} is/was injected into {id}:', async function (this: CxlWorld, command, id, table: DataTable) {
  await tell(this, id, command, qmpArguments(table.rowsHash()));
});

/** By QMP's cxl-inject-uncorrectable-errors, an error a row; a header has 32 words, which count up from the one given. */
When('these uncorrectable errors are/were injected into {id}:', async function (this: CxlWorld, id, table: DataTable) {
  await tell(this, id, 'cxl-inject-uncorrectable-errors', { errors: table.hashes().map(errorOf) });
});

/** By QMP, each with the least arguments that QEMU takes. */
When(
  '{int} general-media-event(s) is/are/was/were injected into the {log} log of {id}',
  async function (this: CxlWorld, count: number, log: string, id: string) {
    for (let n = 0; n < count; n++) await tell(this, id, 'cxl-inject-general-media-event', anyEvent(log));
  },
);

/** As after `-device`: `cxl-type3,id=dev1,bus=rp1,...`; once, unless it says how often. */
When("{times}QMP's device_add is given {}", async function (this: CxlWorld, times: number, text: string) {
  const given = Object.fromEntries(parseOption('device', text, 'driver').fields);
  for (let n = 0; n < times; n++) await complaintOf(this, async () => (await this.operator()).plugIn(given));
});

/** To the last command of the scenario: `refuses: ...`, in these words; `refuses nothing`. */
Then('QMP {refusal}', function (this: CxlWorld, complaint: string) {
  expect({ 'QMP refuses': this.complained ?? 'nothing' }).toEqual({ 'QMP refuses': complaint });
});
