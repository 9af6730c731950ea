/** `-smp`, and the processors that `-numa cpu` means: QEMU hw/core/machine-smp.c. */
import type { Smp } from '../machine/topology';
import { type CommandLine, said } from './line';
import type { Option } from './option';

export const parseProcessors = ({ processors }: CommandLine): number => Number(said(processors, 'cpus') ?? 1);

/** Undefined where nothing is said of groups. Cores make up for what is not given. */
export function parseSmp(line: CommandLine): Smp | undefined {
  const { processors } = line;
  if (!processors.some(({ keys }) => keys.some((key) => key !== 'cpus'))) return undefined;
  const given = (key: string) => Number(said(processors, key) ?? 1);
  const others = given('sockets') * given('dies') * given('threads');
  const cores = said(processors, 'cores');
  const maxProcessors = Number(
    said(processors, 'maxcpus') ?? (cores === undefined ? parseProcessors(line) : others * Number(cores)),
  );
  return {
    ...{ maxProcessors, sockets: given('sockets'), dies: given('dies'), threads: given('threads') },
    cores: Number(cores ?? maxProcessors / others),
  };
}

/** Those of a socket, die, core and thread, as far as these are given. */
export function processorsAt(cpu: Option, line: CommandLine): number[] {
  const count = parseProcessors(line);
  const { maxProcessors, dies, cores, threads } = parseSmp(line) ?? {
    maxProcessors: count,
    dies: 1,
    cores: count,
    threads: 1,
  };
  const at = (key: string, index: (n: number) => number) => (n: number) =>
    cpu.value(key) === undefined || Number(cpu.value(key)) === index(n);
  return Array.from({ length: maxProcessors }, (_, n) => n)
    .filter(at('socket-id', (n) => Math.floor(n / (threads * cores * dies))))
    .filter(at('die-id', (n) => Math.floor(n / (threads * cores)) % dies))
    .filter(at('core-id', (n) => Math.floor(n / threads) % cores))
    .filter(at('thread-id', (n) => n % threads));
}
