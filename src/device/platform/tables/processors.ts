/** Which processors there can be, and on which node each is. */
import type { ProcessorAffinity } from '../../../codec/acpi/srat';
import type { Quirks } from '../../../ledger/quirks';
import type { Node } from '../../../machine/numa';
import type { Topology } from '../../../machine/topology';
import type { TableStyle } from './style';

type Processors = Pick<Topology, 'processors' | 'smp'>;

/** By number. QEMU hw/i386/acpi-build.c: build_srat(); include/hw/i386/topology.h: x86_apicid_from_cpu_idx(). */
export function processorAffinities(
  topology: Processors,
  nodes: readonly Node[],
  { processor }: TableStyle,
  quirks: Quirks,
): ProcessorAffinity[] {
  return processorsOf(topology).map(({ apicId, socket }, n) => {
    const domain = quirks.has('srat-one-domain') ? 0 : nodes.findIndex((node) => node.processors.includes(n));
    return { ...processor(n, apicId), domain: domain < 0 ? defaultDomain(nodes, socket) : domain, enabled: true };
  });
}

/** Where no node names any processor, sockets are dealt out. hw/i386/x86.c: x86_get_default_cpu_node_id(). */
const defaultDomain = (nodes: readonly Node[], socket: number): number =>
  nodes.every(({ processors }) => processors.length === 0) ? socket % nodes.length : 0;

/** An APIC id has a field for each level, of as many bits as its numbers need. */
function processorsOf({ processors, smp }: Processors) {
  const { maxProcessors, dies, cores, threads } = smp ?? {
    maxProcessors: processors,
    dies: 1,
    cores: processors,
    threads: 1,
  };
  return Array.from({ length: maxProcessors }, (_, n) => {
    const thread = n % threads;
    const core = Math.floor(n / threads) % cores;
    const die = Math.floor(n / threads / cores) % dies;
    const socket = Math.floor(n / threads / cores / dies);
    const apicId = (((((socket << bits(dies)) | die) << bits(cores)) | core) << bits(threads)) | thread;
    return { apicId, socket };
  });
}

const bits = (count: number): number => Math.ceil(Math.log2(count));
