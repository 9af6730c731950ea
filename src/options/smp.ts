/** `-smp`, and the processors that `-numa cpu` means: QEMU hw/core/machine-smp.c. */
import type { Smp } from '../machine/topology';
import { type CommandLine, said } from './line';
import type { Option } from './option';
import { numberOf } from './value';

/** All numbers of `-smp`, those that are left out reckoned from the others; cores are preferred to sockets. */
export function completeSmp({ processors }: CommandLine) {
  const given = (key: string) => numberOf(said(processors, key));
  const [cpus, dies] = [given('cpus'), given('dies') || 1];
  let [sockets, cores, threads, maxProcessors] = [given('sockets'), given('cores'), given('threads'), given('maxcpus')];
  if (cpus === 0 && maxProcessors === 0) [sockets, cores, threads] = [sockets || 1, cores || 1, threads || 1];
  maxProcessors ||= cpus;
  if (cores === 0) {
    [sockets, threads] = [sockets || 1, threads || 1];
    cores = Math.floor(maxProcessors / (sockets * dies * threads));
  } else if (sockets === 0) {
    threads ||= 1;
    sockets = Math.floor(maxProcessors / (dies * cores * threads));
  }
  threads ||= Math.floor(maxProcessors / (sockets * dies * cores));
  maxProcessors ||= sockets * dies * cores * threads;
  return { cpus: cpus || maxProcessors, maxProcessors, sockets, dies, cores, threads };
}

export const parseProcessors = (line: CommandLine): number => completeSmp(line).cpus;

/** Undefined where nothing is said of groups. */
export function parseSmp(line: CommandLine): Smp | undefined {
  if (!line.processors.some(({ keys }) => keys.some((key) => key !== 'cpus'))) return undefined;
  const { cpus, ...groups } = completeSmp(line);
  return groups;
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
