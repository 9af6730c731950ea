import { test } from 'node:test';
import { expect } from 'expect';
import { ANSWER_LIMIT } from './answers';
import { GuestError } from './guest-error';
import { Shell } from './shell';

/** What nothing here takes as long as, in ms. */
const LIMIT = 20_000;

const open = (script: string): Promise<Shell> => Shell.open('the machine', 'sh', ['-c', script], LIMIT);

async function trouble(promise: Promise<unknown>): Promise<GuestError> {
  const error = await promise.catch((each: Error) => each);
  expect(error).toBeInstanceOf(GuestError);
  return error as GuestError;
}

test('what a greeting says is passed over, and what a command prints is all of its answer', async () => {
  const shell = await open('echo Welcome; echo; exec sh');
  const { status, stdout, stderr } = await shell.run('echo a; echo; echo b >&2; exit 3');
  expect({ status, stdout: `${stdout}`, stderr }).toEqual({ status: 3, stdout: 'a\n\n', stderr: 'b\n' });
  await shell.close();
});

for (const [title, script] of [
  ['lines', 'yes'],
  ['empty lines', "yes ''"],
  ['one line', 'cat /dev/zero'],
] as const) {
  test(`a peer that prints ${title} without end is told in one sentence`, async () => {
    const { message } = await trouble(open(script));
    expect(message).toBe('the machine prints more than 1 MiB that answer no command, and does not end: true');
  });
}

test('a command that prints without end is told in one sentence, and so is what is asked afterwards', async () => {
  const shell = await open('exec sh');
  const first = await trouble(shell.run('cat /dev/zero'));
  expect(first.message).toBe(`the machine has printed more than ${ANSWER_LIMIT >> 20} MiB: cat /dev/zero`);
  const { message } = await trouble(shell.run('uname'));
  expect(message).toBe(`the machine has printed more than ${ANSWER_LIMIT >> 20} MiB: uname`);
  await shell.close();
});
