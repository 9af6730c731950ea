import { test } from 'node:test';
import { expect } from 'expect';
import { awaitBoot } from './boot';
import { GuestError, GuestPanic, GuestStalled } from './guest-error';

const noTimer = "IO-APIC + timer doesn't work!  Boot with apic=debug and send a report.";

const panic = (reason: string) => `[    2.496746] Kernel panic - not syncing: ${reason}`;

const deadlock = 'System is deadlocked on memory';
const noPool = "bio: can't create integrity buf pool";
const noPages = '[    1.369352] swapper/0: page allocation failure: order:9, mode:0xcc0(GFP_KERNEL), nodemask=(null)';

for (const [title, log, alive, expected, reason = '', outOfMemory = false] of [
  ['panics', panic('Attempted to kill init!'), true, GuestPanic, ' Attempted to kill init!'],
  ['panics', `[    3.317230] Mem-Info:\n${panic(deadlock)}`, true, GuestPanic, ` ${deadlock}`, true],
  ['panics', `${noPages}\n${panic(noPool)}`, true, GuestPanic, ` ${noPool}`, true],
  ['has ended', 'Linux version', false, GuestError],
  ['stalls', 'rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:', true, GuestStalled],
  ['stalls', panic(noTimer), true, GuestStalled],
] as const) {
  test(`a guest that ${title} while it boots is not waited for, and its last words are told:${reason}`, async () => {
    const boot = awaitBoot(
      async () => `${log}\n`,
      () => alive,
    );
    const error = await boot.catch((each: Error) => each);
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ message: `the guest ${title} while it boots:${reason}\n${log}` });
    if (expected === GuestPanic) expect(error).toMatchObject({ outOfMemory });
  });
}

test('a guest that has fallen silent while it boots stalls', async () => {
  const boot = awaitBoot(
    async () => 'Linux version\n',
    () => true,
    { silenceLimit: 1 },
  );
  await expect(boot).rejects.toThrow(new GuestStalled('the guest stalls while it boots:\nLinux version'));
});
