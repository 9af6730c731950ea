import { test } from 'node:test';
import { expect } from 'expect';
import { awaitBoot } from './boot';
import { GuestError, GuestPanic, GuestStalled } from './guest-error';

const panic = (reason: string) => `[    2.496746] Kernel panic - not syncing: ${reason}`;

for (const [title, log, alive, expected, reason = ''] of [
  ['panics', panic('Attempted to kill init!'), true, GuestPanic, ' Attempted to kill init!'],
  ['has ended', 'Linux version', false, GuestError],
  ['stalls', 'rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:', true, GuestStalled],
] as const) {
  test(`a guest that ${title} while it boots is not waited for, and its last words are told:${reason}`, async () => {
    const boot = awaitBoot(
      async () => `${log}\n`,
      () => alive,
    );
    const error = await boot.catch((each: Error) => each);
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ message: `the guest ${title} while it boots:${reason}\n${log}` });
  });
}
