import { LinuxHost } from '../guest/linux-host';
import { Record } from '../guest/record';
import { withoutOthers } from '../guest/shared-linux';
import { connectTo } from '../guest/ssh';
import { DIRECTORY, SILENCE_LIMIT } from '../guest/undo';
import { CONFORMING } from '../ledger/personality';
import { OutOfReach } from '../ledger/verdict';
import type { Host } from '../machine/host';
import type { Operator } from '../machine/operator';
import type { Setup } from '../machine/topology';
import { differences } from './machine-differences';
import { type Evidence, LINUX_HAS_THE_HARDWARE, type Platform, type Target, type TargetOptions } from './target';
import { watchHost } from './watch';

/** Somebody's running machine, which is what it is: scenarios that ask for another one do not apply to it. */
export async function openSsh({ ssh, identity, allowChanges = false }: TargetOptions): Promise<Target> {
  if (!ssh) throw new RangeError('--target ssh needs --ssh USER@HOST[:PORT]');
  const linux = await LinuxHost.over(await connectTo(ssh, identity, async () => (allowChanges ? UNDONE : '')));
  try {
    return await targetOf(linux, { ssh, identity, allowChanges });
  } catch (error) {
    await linux.shell.close();
    throw error;
  }
}

/** What becomes of changes when the connection is lost. */
const UNDONE = `What the run has made there is undone by the machine when the connection ends, ${SILENCE_LIMIT} s later at the latest; by hand: sh ${DIRECTORY}/undo`;

type Address = Required<Pick<TargetOptions, 'ssh' | 'allowChanges'>> & { readonly identity: string | undefined };

async function targetOf(linux: LinuxHost, { ssh, identity, allowChanges }: Address): Promise<Target> {
  if (allowChanges) linux.record = await Record.begin(linux.shell);
  const others = await withoutOthers(linux);
  const platform = new SshPlatform(allowChanges ? others : watchHost(others, refuseChange), linux);
  return {
    subject: {
      target: 'ssh',
      description: `ssh, ${ssh}`,
      kernel: linux.kernel,
      options: [
        '--ssh',
        ssh,
        ...(identity ? ['--identity', identity] : []),
        ...(allowChanges ? ['--allow-changes'] : []),
      ],
    },
    personalities: [{ name: CONFORMING, linux: linux.kernel }],
    lacks: LINUX_HAS_THE_HARDWARE,
    has: () => true,
    started: () => 0,
    powerOn: async (setup: Setup) => {
      const [difference] = await differences(setup, linux);
      if (difference) throw new OutOfReach(`the scenario needs another machine: ${difference}`);
      return platform;
    },
    attempt: async () => {
      throw new OutOfReach('no QEMU is started for a machine that runs already');
    },
    release: async () => {
      await platform.restore();
    },
    close: () => linux.shell.close(),
  };
}

function refuseChange(): never {
  throw new OutOfReach('the scenario changes the machine; --allow-changes permits that');
}

const absent = async (): Promise<never> => {
  throw new OutOfReach('nobody is at the machine: it can only be reached by ssh');
};

/** A machine that is reached by SSH alone. */
const NOBODY: Operator = {
  powerOff: async () => {},
  reset: absent,
  hotAdd: absent,
  hotRemove: absent,
  plugged: absent,
  hasReportedRemoval: absent,
  plugIn: absent,
  takeMemory: absent,
  reuseMemory: absent,
  migrate: absent,
  elapse: absent,
  fixedWindows: absent,
  readMemory: absent,
  command: absent,
  readMedia: absent,
};

class SshPlatform implements Platform {
  readonly commandLine = undefined;
  readonly operator = NOBODY;

  constructor(
    readonly host: Host,
    private readonly linux: LinuxHost,
  ) {}

  async reboot(): Promise<void> {
    throw new OutOfReach('a machine that this suite did not start is not reset');
  }

  hotAdd = absent;
  hotRemove = absent;

  async restore(): Promise<boolean> {
    await this.linux.record?.undo();
    return true;
  }

  async evidence(): Promise<Evidence[]> {
    const found = await this.linux.evidence().catch((error: Error) => [{ name: 'linux.txt', body: error.message }]);
    return found.map(({ name, body }) => ({ name, mediaType: 'text/plain', body }));
  }
}
