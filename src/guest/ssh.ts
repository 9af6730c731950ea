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
      '-F',
      '/dev/null',
      ...COMMON,
      '-o',
      'StrictHostKeyChecking=no',
      '-o',
      'UserKnownHostsFile=/dev/null',
      '-o',
      'IdentitiesOnly=yes',
      '-i',
      key,
      '-p',
      `${port}`,
      'root@127.0.0.1',
      'sh',
    ],
    CONNECT_LIMIT,
    witness,
  );

/** What to do about what ssh says. */
const ADVICE = [
  ['Host key', '; connect to it once by hand, to make its key known'],
  ['ssh is not installed', ': apt-get install openssh-client'],
] as const;

/** No part begins with a dash, which ssh or the far end might take for an option. */
const ADDRESS = /^((?:[^@\s-][^@\s]*@)?(?:\[[^@\s\]]+\]|[^@:\s[\]-][^@:\s[\]]*))(?::(\d+))?$/;

/** What `ssh` is told to reach `USER@HOST[:PORT]`; an IPv6 address stands in brackets. @throws RangeError if it is none */
export function argumentsFor(address: string, identity?: string): string[] {
  const [, host, port] = ADDRESS.exec(address) ?? [];
  if (!host) throw new RangeError(`--ssh ${address} is not USER@HOST[:PORT]`);
  const options = [...COMMON, ...(identity ? ['-i', identity] : []), ...(port ? ['-p', port] : [])];
  return [...options, '--', host.replace(/[[\]]/g, ''), AS_ROOT];
}

/**
 * Somebody's machine, `USER@HOST[:PORT]`, with the caller's own configuration. Errors of a connection that is lost later end
 * with what `witness` says. @throws GuestError if it cannot be reached.
 */
export async function connectTo(
  address: string,
  identity: string | undefined,
  witness: () => Promise<string>,
): Promise<Shell> {
  return Shell.open(address, 'ssh', argumentsFor(address, identity), CONNECT_LIMIT, witness).catch((error: Error) => {
    const said = error.message.split('\n')[0] ?? '';
    const reason = said.replace(/^.*\((.*)\).*$/, '$1').replace(`${address} `, 'it ');
    const advice = ADVICE.find(([start]) => reason.startsWith(start))?.[1] ?? '';
    throw new GuestError(`${address} cannot be reached by ssh: ${reason}${advice}`);
  });
}
