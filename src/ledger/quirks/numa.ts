/** Quirks of NUMA: what the tables say of it, and what machine QEMU refuses. */
import type { Quirk } from './quirk';

export const numaQuirks = {
  'backend-shared': {
    summary: 'Two uses of one memory backend are not refused: they share their memory.',
    source: 'before 9de2049c95; hw/mem/cxl_type3.c: cxl_setup_memory()',
    releases: [{ from: '7.1', fixedIn: '9.1' }],
  },
  'label-area-shared': {
    summary:
      'A memory backend is taken as a label area though it has another use, or gets one: labels and data overwrite each other.',
    source: 'tried on 7.2.22, 10.0.13 and 11.1.3; hw/mem/cxl_type3.c: cxl_setup_memory() looks at no use of lsa',
    releases: [{ from: '7.1' }],
  },
  'generic-affinity-unchecked': {
    summary: 'Generic Initiators and Generic Ports are taken whatever device and node they name.',
    source: 'planted',
  },
  'generic-port-misnamed': {
    summary: 'The refusal of a Generic Port on a node beyond the last that can be speaks of acpi-generic-initiator.',
    source: 'tried on 10.0.13 and 11.1.3; hw/acpi/pci.c: acpi_generic_port_set_node()',
    releases: [{ from: '9.2' }],
  },
  'generic-port-missing': {
    summary: 'The SRAT has no Generic Port.',
    source: 'planted',
  },
  'generic-port-disabled': {
    summary: 'Generic Ports are not enabled.',
    source: 'planted',
  },
  'generic-port-wrong-handle': {
    summary: 'Generic Ports name an ACPI0017 device.',
    source: 'planted',
  },
  'generic-port-wrong-uid': {
    summary: 'Generic Ports give a host bridge the _UID that follows its own.',
    source: 'planted',
  },
  'generic-port-swapped-domain': {
    summary: 'Of several Generic Ports, the first has the proximity domain of the last, and the reverse.',
    source: 'planted',
  },
  'generic-port-as-initiator': {
    summary: 'Generic Ports have the type of Generic Initiators.',
    source: 'planted',
  },
  'generic-initiator-missing': {
    summary: 'The SRAT has no Generic Initiator.',
    source: 'planted',
  },
  'generic-initiator-bus-function-swapped': {
    summary: 'The PCI handle of a Generic Initiator has the bus where device and function belong, and the reverse.',
    source: 'before 16c687d845; hw/acpi/acpi_generic_initiator.c: build_all_acpi_generic_initiators()',
    releases: [{ from: '9.0', fixedIn: '9.2' }],
  },
  'hmat-memory-of-empty-nodes': {
    summary: 'The HMAT has Memory Proximity Domain Attributes of nodes without memory, for which Linux rejects it all.',
    source: 'gone with 2eb6672cfd; hw/acpi/hmat.c: hmat_build_table(); tried on 7.2.22, not so on 10.0.13',
    releases: [{ from: '7.1', fixedIn: '9.0' }],
  },
  'hmat-rows-by-node': {
    summary:
      'The HMAT has latencies and bandwidths in the row of the node’s number, not of its place among initiators, or loses them.',
    source: 'gone with 74e2845c5f, which 7.2.11 and 8.2.3 have too; hw/acpi/hmat.c: build_hmat_lb()',
    releases: [
      { from: '7.1', fixedIn: '7.2.11' },
      { from: '8.0', fixedIn: '8.2.3' },
    ],
  },
  'hmat-one-bandwidth': {
    summary: 'The HMAT gives all nodes the bandwidth of node 0.',
    source: 'planted',
  },
  'hmat-forgets-initiators': {
    summary: 'The HMAT gives an initiator only for memory that has processors on its own node.',
    source: 'planted',
  },
  'hmat-forgets-access': {
    summary: 'The HMAT says of reading and writing alike what holds of any access.',
    source: 'planted',
  },
  'hmat-forgets-hierarchy': {
    summary: 'The HMAT says of the memory itself what holds of its side caches.',
    source: 'planted',
  },
  'hmat-one-side-cache': {
    summary: 'The HMAT describes one memory side cache of each node.',
    source: 'planted',
  },
  'slit-forgets-way-back': {
    summary: 'The SLIT gives the default distance for a way back that was not given.',
    source: 'planted',
  },
  'slit-counts-windows': {
    summary: 'The SLIT has a locality for each fixed memory window, though no decoder is committed.',
    source: 'planted',
  },
  'srat-ignores-hole': {
    summary: 'The SRAT says that there is RAM between 640 KiB and 1 MiB.',
    source: 'planted',
  },
  'srat-one-domain': {
    summary: 'The SRAT has all processors and all RAM on domain 0.',
    source: 'planted',
  },
  'srat-hotplug-memory-missing': {
    summary: 'The SRAT does not tell where memory can be hot-plugged.',
    source: 'planted',
  },
  'srat-claims-windows': {
    summary:
      'The SRAT has memory affinity over the fixed memory windows, on the last node, though no decoder is committed.',
    source: 'planted, after the patches that the thread discussed, which are in no release',
  },
} as const satisfies Record<string, Quirk>;
