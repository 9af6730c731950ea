import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { inScratch } from '../system/scratch';
import { awaitBoot } from './boot';
import { GuestError, GuestStalled } from './guest-error';

for (const [title, log, alive, expected] of [
  ['panics', 'Kernel panic - not syncing', true, GuestError],
  ['has ended', 'Linux version', false, GuestError],
  ['stalls', 'rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:', true, GuestStalled],
] as const) {
  test(`a guest that ${title} while it boots is not waited for, and its last words are told`, () =>
    inScratch(async (directory) => {
      const serialLog = join(directory, 'serial.log');
      writeFileSync(serialLog, `${log}\n`);
      const error = await awaitBoot(serialLog, () => alive).catch((each: Error) => each);
      expect(error).toBeInstanceOf(expected);
      expect(error).toMatchObject({ message: `the guest ${title} while it boots:\n${log}` });
    }));
}
