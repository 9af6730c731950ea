/** Shells over SSH. */
import { GuestError } from './guest-error';
import { Shell } from './shell';

/** What an address may take to answer, in ms. */
const CONNECT_LIMIT = 20_000;

/** A shell as root: nothing less can read addresses in `/proc/iomem`. */
const AS_ROOT = 'if [ "$(id -u)" = 0 ]; then exec sh; else exec sudo -n sh; fi';

/** A machine that is silent for 15 s is gone: one that has panicked, stands still, or has lost its network. */
const ALIVE = ['-o', 'ServerAliveInterval=5', '-o', 'ServerAliveCountMax=3'];

const COMMON = ['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-o', 'LogLevel=ERROR', ...ALIVE];

/** A guest of ours: nobody else's configuration and known hosts count. What `witness` tells, errors end with. */
export const connectToGuest = (port: number, key: string, witness: () => Promise<string>): Promise<Shell> =>
  Shell.open(
    'the guest',
    'ssh',
    [
      ...['-F', '/dev/null', ...COMMON, '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null'],
      ...['-o', 'IdentitiesOnly=yes', '-i', key, '-p', `${port}`, 'root@127.0.0.1', 'sh'],
    ],
    CONNECT_LIMIT,
    witness,
  );

/** What to do about what ssh says. */
const ADVICE = [
  ['Host key', '; connect to it once by hand, to make its key known'],
  ['ssh is not installed', ': apt-get install openssh-client'],
] as const;

/** Somebody's machine, `USER@HOST[:PORT]`, with the caller's own configuration. @throws GuestError if it cannot be reached. */
export async function connectTo(address: string, identity?: string): Promise<Shell> {
  const [, host, port] = /^((?:[^@\s]+@)?[^@:\s]+)(?::(\d+))?$/.exec(address) ?? [];
  if (!host) throw new RangeError(`--ssh ${address} is not USER@HOST[:PORT]`);
  const args = [...COMMON, ...(identity ? ['-i', identity] : []), ...(port ? ['-p', port] : []), host, AS_ROOT];
  return Shell.open(address, 'ssh', args, CONNECT_LIMIT).catch((error: Error) => {
    const reason = error.message.replace(/^.*\((.*)\).*$/s, '$1');
    const advice = ADVICE.find(([start]) => reason.startsWith(start))?.[1] ?? '';
    throw new GuestError(`${address} cannot be reached by ssh: ${reason}${advice}`);
  });
}
