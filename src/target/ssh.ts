import { LinuxHost } from '../guest/linux-host';
import { connectTo } from '../guest/ssh';
import { CONFORMING } from '../ledger/personality';
import { OutOfReach } from '../ledger/verdict';
import type { Host } from '../machine/host';
import type { Operator } from '../machine/operator';
import type { Setup } from '../machine/topology';
import { differences } from './likeness';
import { type Evidence, LINUX_HAS_THE_HARDWARE, type Platform, type Target, type TargetOptions } from './target';
import { watchHost } from './watch';

/** Somebody's running machine, which is what it is: scenarios that ask for another one do not apply to it. */
export async function openSsh({ ssh, identity, allowChanges = false }: TargetOptions): Promise<Target> {
  if (!ssh) throw new RangeError('--target ssh needs --ssh USER@HOST[:PORT]');
  const linux = await LinuxHost.over(await connectTo(ssh, identity));
  await linux.remember();
  const host = allowChanges ? linux : watchHost(linux, refuseChange);
  const platform = new SshPlatform(host, linux, allowChanges);
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
    private readonly mayChange: boolean,
  ) {}

  async reboot(): Promise<void> {
    throw new OutOfReach("somebody else's machine is not rebooted");
  }

  hotAdd = absent;
  hotRemove = absent;

  async restore(): Promise<boolean> {
    if (!this.mayChange) return true;
    await this.linux.undo();
    return this.linux.isAsRemembered();
  }

  async evidence(): Promise<Evidence[]> {
    const found = await this.linux.evidence().catch((error: Error) => [{ name: 'linux.txt', body: error.message }]);
    return found.map(({ name, body }) => ({ name, mediaType: 'text/plain', body }));
  }
}
