/** Generic Initiators and Generic Ports in the SRAT. QEMU hw/acpi/pci.c: build_srat_generic_affinity_structures(). */
import type { DeviceHandle } from '../../../codec/acpi/device-handle';
import type { GenericAffinity } from '../../../codec/acpi/srat';
import { hashOrder } from '../../../codec/hash-order';
import type { Facts } from '../../../ledger/facts';
import type { Quirks } from '../../../ledger/quirks';
import type { Numa } from '../../../machine/numa';
import { genericInitiatorName, genericPortName, objectNames } from '../../../machine/object-names';
import type { Topology } from '../../../machine/topology';
import type { PciAddress } from '../../pci/pci-fabric';
import type { MemoryMap } from './memory-map';
import type { TableStyle } from './style';

/**
 * All initiators come first, then all ports, as QEMU comes across them in its object tree. A host bridge has an ACPI
 * handle, a PCI device a PCI one.
 */
export function genericAffinities(
  topology: Topology,
  { bridges }: MemoryMap,
  addressOf: (id: string) => PciAddress,
  style: TableStyle,
  quirks: Quirks,
  facts: Facts,
): GenericAffinity[] {
  const { genericInitiators, genericPorts } = inTreeOrder(topology, style, facts);
  const initiators = genericInitiators.map(({ device, node = 0 }): GenericAffinity => {
    const address = addressOf(`${device}`);
    const told = quirks.has('generic-initiator-bus-function-swapped') ? swapped(address) : address;
    return { kind: 'Generic Initiator', domain: node, handle: { by: 'PCI', segment: 0, ...told }, enabled: true };
  });
  const ports = genericPorts.map(({ hostBridge }, n): GenericAffinity => {
    const kind = quirks.has('generic-port-as-initiator') ? 'Generic Initiator' : 'Generic Port';
    const uid = bridges.find(({ id }) => id === hostBridge)?.uid ?? 0;
    const by = quirks.has('generic-port-swapped-domain') ? genericPorts.length - 1 - n : n;
    const domain = genericPorts[by]?.node ?? 0;
    return { kind, domain, handle: acpiHandle(uid, quirks), enabled: !quirks.has('generic-port-disabled') };
  });
  return [
    ...(quirks.has('generic-initiator-missing') ? [] : initiators),
    ...(quirks.has('generic-port-missing') ? [] : ports),
  ];
}

/** Beside what it is asked for, QEMU has objects of its own, and one for the RAM that no node has. */
function inTreeOrder(
  topology: Topology,
  { ramObject }: TableStyle,
  { ownObjects }: Facts,
): Pick<Numa, 'genericInitiators' | 'genericPorts'> {
  const { nodes = [], genericInitiators = [], genericPorts = [] } = topology.numa ?? {};
  const ram = nodes.every((node) => node.ram === 0n) ? [ramObject] : [];
  const order = hashOrder([...(topology.order?.objects ?? objectNames(topology)), ...ownObjects, ...ram]);
  const sorted = <T>(objects: readonly T[], name: (n: number) => string): T[] =>
    objects
      .map((object, n) => ({ object, at: order.indexOf(name(n)) }))
      .sort((a, b) => a.at - b.at)
      .map(({ object }) => object);
  return {
    genericInitiators: sorted(genericInitiators, (n) => genericInitiators[n]?.id ?? genericInitiatorName(n)),
    genericPorts: sorted(genericPorts, (n) => genericPorts[n]?.id ?? genericPortName(n)),
  };
}

/** The bus is a byte, device and function are another. */
const swapped = ({ bus, device, function: fn }: PciAddress): PciAddress => ({
  bus: (device << 3) | fn,
  device: bus >> 3,
  function: bus & 7,
});

const acpiHandle = (uid: number, quirks: Quirks): DeviceHandle => ({
  by: 'ACPI',
  hid: quirks.has('generic-port-wrong-handle') ? 'ACPI0017' : 'ACPI0016',
  uid: quirks.has('generic-port-wrong-uid') ? uid + 1 : uid,
});
