/** Generic Initiators and Generic Ports when the SRAT is built: QEMU hw/acpi/pci.c. */
import { said } from '../options/line';
import type { Option } from '../options/option';
import { type Request, refuse } from './refuse';

/** @throws Refusal */
export function checkGenericAffinity(request: Request): void {
  const { line } = request;
  const declared = line.numa.filter((option) => option.value('type') === 'node').length;
  const nodes = declared || (said(line.memory, 'maxmem') === undefined ? 0 : 1);
  if (nodes === 0) return; // without a node there is no SRAT
  const of = (type: string) => line.objects.filter((object) => object.value('qom-type') === type);
  for (const object of of('acpi-generic-initiator')) checkInitiator(object, nodes, line.devices);
  for (const object of of('acpi-generic-port')) checkPort(object, nodes, line.devices);
}

/** build_acpi_generic_initiator(). */
function checkInitiator(object: Option, nodes: number, devices: readonly Option[]): void {
  const node = Number(object.value('node'));
  if (node >= nodes) refuse(`acpi-generic-initiator: Specified node ${node} is invalid.`);
  if (!devices.some((device) => device.value('id') === object.value('pci-dev'))) {
    refuse('acpi-generic-initiator: Specified device must be a PCI device.');
  }
}

/** build_acpi_generic_port(). */
function checkPort(object: Option, nodes: number, devices: readonly Option[]): void {
  const node = Number(object.value('node'));
  if (node >= nodes) refuse(`acpi-generic-port: node ${node} is invalid.`);
  const bridge = devices.find((device) => device.value('id') === object.value('pci-bus'));
  if (bridge?.value('driver') !== 'pxb-cxl') refuse('acpi-generic-port: device must be a CXL host bridge.');
}
