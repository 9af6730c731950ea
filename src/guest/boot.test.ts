import { test } from 'node:test';
import { expect } from 'expect';
import { awaitBoot } from './boot';
import { GuestError, GuestStalled } from './guest-error';

for (const [title, log, alive, expected] of [
  ['panics', 'Kernel panic - not syncing', true, GuestError],
  ['has ended', 'Linux version', false, GuestError],
  ['stalls', 'rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:', true, GuestStalled],
] as const) {
  test(`a guest that ${title} while it boots is not waited for, and its last words are told`, async () => {
    const boot = awaitBoot(
      async () => `${log}\n`,
      () => alive,
    );
    const error = await boot.catch((each: Error) => each);
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ message: `the guest ${title} while it boots:\n${log}` });
  });
}
