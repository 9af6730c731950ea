/** Generic Initiators and Generic Ports in the SRAT. QEMU hw/acpi/pci.c: build_srat_generic_affinity_structures(). */
import type { DeviceHandle } from '../codec/acpi/device-handle';
import type { GenericAffinity } from '../codec/acpi/srat';
import type { Quirks } from '../ledger/quirks';
import type { Numa } from '../machine/topology';
import type { MemoryMap } from './memory-map';
import type { PciAddress } from './pci-fabric';

/** All initiators come first. A host bridge has an ACPI handle, a PCI device a PCI one. */
export function genericAffinities(
  { genericInitiators, genericPorts }: Numa,
  { bridges }: MemoryMap,
  addressOf: (id: string) => PciAddress,
  quirks: Quirks,
): GenericAffinity[] {
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

/** The bus is a byte, device and function are another. */
const swapped = ({ bus, device, function: fn }: PciAddress): PciAddress => ({
  ...{ bus: (device << 3) | fn, device: bus >> 3, function: bus & 7 },
});

const acpiHandle = (uid: number, quirks: Quirks): DeviceHandle => ({
  by: 'ACPI',
  hid: quirks.has('generic-port-wrong-handle') ? 'ACPI0017' : 'ACPI0016',
  uid: quirks.has('generic-port-wrong-uid') ? uid + 1 : uid,
});
