/** Event logs, their records, and their interrupt policy. */
import { type DataTable, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { OPCODE } from '../src/codec/cxl/mailbox/command';
import { decodeInterruptPolicy, logsIn } from '../src/codec/cxl/mailbox/events';
import { logOf } from './support/ask';
import { shownRow, showRecord } from './support/event';
import type { CxlWorld } from './support/world';

/** By Get Event Records, and no other: one record, a field a row, or a record a row. A field that is not given is not compared. */
Then(
  'the {log} log of {id} has {recordTable}:',
  async function (this: CxlWorld, log, id: string, how: 'one' | 'many', table: DataTable) {
    const found = (await logOf(this, id, log)).records.map(showRecord);
    const rows = how === 'one' ? [table.rowsHash()] : table.hashes();
    expect({ [`${log} log`]: found }).toMatchObject({ [`${log} log`]: rows.map(shownRow) });
  },
);

/** Records by their handles, and no other: `the records 1, 2`; or `no record`. */
Then('the {log} log of {id} has {records}', async function (this: CxlWorld, log, id, handles: number[]) {
  const { records } = await logOf(this, id, log);
  const what = `handles in the ${log} log`;
  expect({ [what]: records.map(({ header }) => header.handle) }).toEqual({ [what]: handles });
});

/** Get Event Records has the flag Overflow and this Overflow Error Count; neither, if it is 0. */
Then('the {log} log of {id} has lost {int} records', async function (this: CxlWorld, log, id, lost: number) {
  const { overflow, overflowErrorCount } = await logOf(this, id, log);
  const found = { Overflow: overflow, 'Overflow Error Count': overflowErrorCount };
  expect(found).toEqual({ Overflow: lost > 0, 'Overflow Error Count': lost });
});

/** The bits of the Event Status register that are set, by their logs, and no other; `empty` if none is. */
Then('the Event Status of {id} is {logs}', async function (this: CxlWorld, id: string, logs: string) {
  const status = await (await this.device(id)).eventStatus();
  expect({ 'Event Status': logsIn(status).join(', ') || 'empty' }).toEqual({ 'Event Status': logs });
});

/** By Get Event Interrupt Policy, for the logs that are named. */
Then('the event interrupt policy of {id} is:', async function (this: CxlWorld, id: string, table: DataTable) {
  const { output } = await this.send(id, OPCODE.getEventInterruptPolicy, new Uint8Array());
  const named = table.hashes().map(({ log }) => log);
  const policy = decodeInterruptPolicy(output).filter(({ log }) => log !== undefined && named.includes(log));
  const found = policy.map((each) => ({ ...each, vector: `${each.vector}` }));
  expect({ 'event interrupt policy': found }).toEqual({ 'event interrupt policy': table.hashes() });
});
