/** What machine there cannot be, in QEMU's words. Its order of checks: objects, devices, then what tables need. */
import type { Quirks } from '../ledger/quirks';
import { Refusal } from '../machine/refusal';
import type { GenericInitiator, GenericPort, Topology } from '../machine/topology';

/** QEMU include/system/numa.h: MAX_NODES. */
const MAX_NODES = 128;

/** @throws Refusal */
export function refuseUnlessPossible(topology: Topology, quirks: Quirks): void {
  const { numa, type3s } = topology;
  const { genericInitiators = [], genericPorts = [], nodes = [] } = numa ?? {};
  const unchecked = quirks.has('generic-affinity-unchecked');
  for (const { device, node } of unchecked ? [] : genericInitiators) demand({ 'pci-dev': device, node });
  for (const { hostBridge, node } of unchecked ? [] : genericPorts) demand({ 'pci-bus': hostBridge, node });
  for (const { backend } of type3s) {
    if (backend !== undefined && !quirks.has('backend-shared')) {
      throw new Refusal(`memory backend ${backend} can't be used multiple times.`);
    }
  }
  const count = nodes.length || (topology.hotplug ? 1 : 0);
  if (count === 0 || unchecked) return; // without a node there is no SRAT
  for (const initiator of genericInitiators) checkInitiator(initiator, count, topology);
  for (const port of genericPorts) checkPort(port, count, topology, quirks);
}

/** QEMU qapi/qom.json: AcpiGenericInitiatorProperties, AcpiGenericPortProperties. */
function demand(parameters: Readonly<Record<string, string | number | undefined>>): void {
  const missing = Object.entries(parameters).find(([, value]) => value === undefined);
  if (missing) throw new Refusal(`Parameter '${missing[0]}' is missing`);
}

/** QEMU hw/acpi/pci.c: acpi_generic_initiator_set_node(), build_acpi_generic_initiator(). */
function checkInitiator({ device, node = 0 }: GenericInitiator, count: number, topology: Topology): void {
  const { hostBridges, type3s, pciePorts = [], testDevices } = topology;
  const bridges = hostBridges.flatMap(({ id, rootPorts }) => [id, ...rootPorts]);
  const functions = new Set([...bridges, ...[...type3s, ...pciePorts, ...testDevices].map(({ id }) => id)]);
  if (node >= MAX_NODES) throw new Refusal('acpi-generic-initiator: Invalid NUMA node specified');
  if (node >= count) throw new Refusal(`acpi-generic-initiator: Specified node ${node} is invalid.`);
  if (!functions.has(`${device}`)) throw new Refusal('acpi-generic-initiator: Specified device must be a PCI device.');
}

/** QEMU hw/acpi/pci.c: acpi_generic_port_set_node(), build_acpi_generic_port(). */
function checkPort({ hostBridge, node = 0 }: GenericPort, count: number, topology: Topology, quirks: Quirks): void {
  const object = quirks.has('generic-port-misnamed') ? 'acpi-generic-initiator' : 'acpi-generic-port';
  if (node >= MAX_NODES) throw new Refusal(`${object}: Invalid NUMA node specified`);
  if (node >= count) throw new Refusal(`acpi-generic-port: node ${node} is invalid.`);
  if (!topology.hostBridges.some(({ id }) => id === hostBridge)) {
    throw new Refusal('acpi-generic-port: device must be a CXL host bridge.');
  }
}
