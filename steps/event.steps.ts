import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import { OPCODE } from '../src/codec/cxl/mailbox/command';
import {
  CLEAR_ALL,
  EVENT_LOGS,
  EventInterruptPolicy,
  type EventLogName,
  encodeClearEventRecords,
  INTERRUPT_MODE,
} from '../src/codec/cxl/mailbox/events';
import { logOf } from './support/ask';
import { expectNone } from './support/assertions';
import { shownRow, showRecord } from './support/event';
import type { CxlWorld } from './support/world';

Given('the records {numbers} of the {log} log of {id} have been cleared', clearRecords);

When('the record(s) {numbers} of the {log} log of {id} are/is cleared', clearRecords);

When('all records of the {log} log of {id} are cleared unseen', async function (this: CxlWorld, log, id) {
  await clear(this, id, log, CLEAR_ALL, []);
});

When('{id} is asked for the records of event log {int}', async function (this: CxlWorld, id: string, code: number) {
  await this.send(id, OPCODE.getEventRecords, Uint8Array.of(code));
});

When('{id} is told to clear no records of event log {int}', async function (this: CxlWorld, id, code: number) {
  await this.send(id, OPCODE.clearEventRecords, encodeClearEventRecords(code, 0, []));
});

Given('{id} has been told to interrupt by MSI-X for {logs} events', askForInterrupts);

When('{id} is told to interrupt by MSI-X for {logs} events', askForInterrupts);

/** The payload is as short as it can be. */
async function askForInterrupts(this: CxlWorld, id: string, logs: string) {
  const modes = EVENT_LOGS.map((log) => (logs.split(', ').includes(log) ? INTERRUPT_MODE.msi : 0));
  const length = Math.max(EventInterruptPolicy.size, modes.lastIndexOf(INTERRUPT_MODE.msi) + 1);
  await this.send(id, OPCODE.setEventInterruptPolicy, Uint8Array.from(modes.slice(0, length)));
}

Then('the {log} log of {id} has this record:', async function (this: CxlWorld, log, id, table: DataTable) {
  const found = (await logOf(this, id, log)).records.map(showRecord);
  expect({ [`${log} log`]: found }).toMatchObject({ [`${log} log`]: [shownRow(table.rowsHash())] });
});

Then('the {log} log of {id} has these records:', async function (this: CxlWorld, log, id, table: DataTable) {
  const found = (await logOf(this, id, log)).records.map(showRecord);
  expect({ [`${log} log`]: found }).toMatchObject({ [`${log} log`]: table.hashes().map(shownRow) });
});

Then('the {log} log of {id} has the record(s) {numbers}', async function (this: CxlWorld, log, id, handles: number[]) {
  const { records } = await logOf(this, id, log);
  expect({ handles: records.map(({ header }) => header.handle) }).toEqual({ handles });
});

Then('the {log} log of {id} is empty', async function (this: CxlWorld, log: EventLogName, id: string) {
  expectNone(`records of the ${log} log`, (await logOf(this, id, log)).records.map(showRecord));
});

Then('the {log} log of {id} has lost {int} record(s)', async function (this: CxlWorld, log, id, lost: number) {
  const { overflow, overflowErrorCount } = await logOf(this, id, log);
  expect({ Overflow: overflow, 'Overflow Error Count': overflowErrorCount }).toEqual({
    ...{ Overflow: lost > 0, 'Overflow Error Count': lost },
  });
});

Then('{id} tells of {int} records of the {log} log, and of no more', async function (this: CxlWorld, id, count, log) {
  const { records, more } = await logOf(this, id, log);
  expect({ records: records.length, 'More Event Records': more }).toEqual({
    records: count,
    'More Event Records': false,
  });
});

Then('the event status of {id} is {logs}', async function (this: CxlWorld, id: string, logs: string) {
  const status = await (await this.device(id)).eventStatus();
  const set = EVENT_LOGS.filter((_, code) => (status >> code) & 1).join(', ');
  expect({ 'event status': set || 'empty' }).toEqual({ 'event status': logs });
});

Then('the event logs of {id} interrupt so:', async function (this: CxlWorld, id: string, table: DataTable) {
  const { output } = await this.send(id, OPCODE.getEventInterruptPolicy, new Uint8Array());
  const policy = [...output].map((setting, code) => ({
    log: EVENT_LOGS[code],
    mode: (setting & INTERRUPT_MODE.mask) === INTERRUPT_MODE.msi ? 'MSI-X' : 'none',
    vector: `${setting >> 4}`,
  }));
  const named = table.hashes().map(({ log }) => log);
  const found = policy.filter(({ log }) => named.includes(log));
  expect({ 'event interrupt policy': found }).toEqual({ 'event interrupt policy': table.hashes() });
});

async function clearRecords(this: CxlWorld, handles: number[], log: EventLogName, id: string) {
  await clear(this, id, log, 0, handles);
}

async function clear(world: CxlWorld, id: string, log: EventLogName, flags: number, handles: number[]) {
  await world.send(id, OPCODE.clearEventRecords, encodeClearEventRecords(EVENT_LOGS.indexOf(log), flags, handles));
}
