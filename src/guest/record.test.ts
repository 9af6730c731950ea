import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { expect } from 'expect';
import { makeScratch } from '../system/scratch';
import { Record } from './record';
import { Shell } from './shell';

const scratch = makeScratch();
after(() => rmSync(scratch, { recursive: true, force: true }));

/** What nothing here takes as long as, in ms. */
const LIMIT = 20_000;

const open = (): Promise<Shell> => Shell.open('the machine', 'sh', [], LIMIT);

test('one run at a time has the record, and the next one has it when the first has ended', async () => {
  const directory = join(scratch, 'one');
  const [first, second] = [await open(), await open()];
  await Record.begin(first, directory);
  await expect(Record.begin(second, directory, 0)).rejects.toThrow(
    /^another run, process \d+ there, is changing the machine: .*one is its record$/,
  );
  await first.close();
  await Record.begin(second, directory);
  await second.close();
});

test('what cannot be undone is told with the command that tries again, and nothing more is changed', async () => {
  const directory = join(scratch, 'left');
  const first = await open();
  const record = await Record.begin(first, directory);
  await first.run(record.note('unheard of'));
  await expect(record.undo()).rejects.toThrow(
    `what a run has made on the machine cannot be undone (unheard of); there: sh ${directory}/undo`,
  );
  await first.close();
  const second = await open();
  await expect(Record.begin(second, directory)).rejects.toThrow('cannot be undone (unheard of)');
  await second.close();
});
