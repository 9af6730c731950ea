/** Quirks of NUMA: what the tables say of it, and what machine QEMU refuses. */
import type { Quirk } from './quirk';

const STARTS = /it starts/;

export const numaQuirks = {
  'backend-shared': {
    summary: 'Two uses of one memory backend are not refused: they share their memory.',
    source: 'before 9de2049c95; hw/mem/cxl_type3.c: cxl_setup_memory()',
    releases: [{ from: '7.1', fixedIn: '9.1' }],
    symptom: STARTS,
  },
  'generic-affinity-unchecked': {
    summary: 'Generic Initiators and Generic Ports are taken whatever device and node they name.',
    source: 'planted',
    symptom: STARTS,
  },
  'generic-port-misnamed': {
    summary: 'The refusal of a Generic Port on a node beyond the last that can be speaks of acpi-generic-initiator.',
    source: 'tried on 10.0.13 and 11.1.3; hw/acpi/pci.c: acpi_generic_port_set_node()',
    releases: [{ from: '9.2' }],
    symptom: /acpi-generic-initiator/,
  },
} as const satisfies Record<string, Quirk>;
