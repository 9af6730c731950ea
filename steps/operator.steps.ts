import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import type { QmpCommandName } from '../src/machine/qmp';
import { parseOption } from '../src/options/option';
import { anyEvent, complaintOf, errorOf, qmpArguments, tell } from './support/qmp';
import type { CxlWorld } from './support/world';

Given('this {injection} has been injected into {id}:', inject);

When('this {injection} is injected into {id}:', inject);

Given('these uncorrectable errors have been injected into {id}:', injectErrors);

When('these uncorrectable errors are injected into {id}:', injectErrors);

Given('{int} general-media-event(s) have/has been injected into the {log} log of {id}', injectEvents);

When('{int} general-media-event(s) are/is injected into the {log} log of {id}', injectEvents);

When("QMP's device_add is given {}", async function (this: CxlWorld, text: string) {
  await plugIn(this, text);
});

When("{int} times QMP's device_add is given {}", async function (this: CxlWorld, times: number, text: string) {
  for (let n = 0; n < times; n++) await plugIn(this, text);
});

Then('QMP refuses: {}', function (this: CxlWorld, complaint: string) {
  expect({ 'QMP refuses': this.complained ?? 'nothing' }).toEqual({ 'QMP refuses': complaint });
});

async function plugIn(world: CxlWorld, text: string) {
  const given = Object.fromEntries(parseOption('device', text, 'driver').fields);
  await complaintOf(world, async () => (await world.operator()).plugIn(given));
}

async function inject(this: CxlWorld, command: QmpCommandName, id: string, table: DataTable) {
  await tell(this, id, command, qmpArguments(table.rowsHash()));
}

async function injectEvents(this: CxlWorld, count: number, log: string, id: string) {
  for (let n = 0; n < count; n++) await tell(this, id, 'cxl-inject-general-media-event', anyEvent(log));
}

async function injectErrors(this: CxlWorld, id: string, table: DataTable) {
  await tell(this, id, 'cxl-inject-uncorrectable-errors', { errors: table.hashes().map(errorOf) });
}
