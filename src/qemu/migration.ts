/** Live migration from one QEMU to another on this host, by way of a file: QEMU docs/devel/migration/main.rst. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../machine/refusal';
import { showCommand } from '../system/shell-word';
import { patient } from './patience';
import type { Qemu } from './process';
import { QemuError } from './qemu-error';
import { QmpRefusal } from './qmp';

/** In QEMU's working directory: where it puts the state of its machine. `file:` came with 8.2. */
const STATE_FILE = 'migration';

/** For a machine of a few GiB that hardly uses them, on a loaded host. In ms. */
const LIMIT = 30_000;
const POLL = 20;

interface Progress {
  readonly status?: string;
  readonly 'error-desc'?: string;
}

/** A QEMU that has taken over the machine of `from`, which stays. @throws Refusal, in QEMU's words, if the machine cannot be moved */
export async function migrated(from: Qemu): Promise<Qemu> {
  try {
    await from.qmp.execute('migrate', { uri: `exec:cat > ${STATE_FILE}` });
  } catch (error) {
    throw error instanceof QmpRefusal ? new Refusal(error.description) : error;
  }
  await completed(from, 'migrate');
  const to = await from.startToReceive();
  try {
    const state = showCommand([join(from.directory, STATE_FILE)]);
    await to.qmp.execute('migrate-incoming', { uri: `exec:cat ${state}` });
    await completed(to, 'migrate-incoming');
    return to;
  } catch (error) {
    await to.quit();
    throw error;
  }
}

async function completed({ qmp, commandLine }: Qemu, command: string): Promise<void> {
  for (const deadline = Date.now() + patient(LIMIT); Date.now() < deadline; await sleep(POLL)) {
    const { status, 'error-desc': reason } = await qmp.execute<Progress>('query-migrate');
    if (status === 'completed') return;
    if (status === 'failed') throw new Refusal(reason ?? `${command} has failed`);
  }
  throw new QemuError(`${command} was not completed within ${LIMIT / 1000} s\n${commandLine}`);
}
