/**
 * Which source files of QEMU a scenario is about: those that its tags name, those in which QEMU implements the sections
 * that they name, and those of the quirks by which it fails.
 */
import { type QuirkName, quirks } from './quirks';
import { acpiQuirks } from './quirks/acpi';
import { cdatQuirks } from './quirks/cdat';
import { commandQuirks } from './quirks/commands';
import { decodeQuirks } from './quirks/decode';
import { deviceQuirks } from './quirks/device';
import { dynamicCapacityQuirks } from './quirks/dynamic-capacity';
import { eventQuirks } from './quirks/events';
import { logQuirks } from './quirks/logs';
import { mailboxQuirks } from './quirks/mailbox';
import { memoryMapQuirks } from './quirks/memory-map';
import { numaQuirks } from './quirks/numa';
import { plantedCommandQuirks } from './quirks/planted-commands';
import { poisonQuirks } from './quirks/poison';
import type { Quirk } from './quirks/quirk';
import { registerQuirks } from './quirks/registers';
import { switchQuirks } from './quirks/switch';

const MAILBOX = 'hw/cxl/cxl-mailbox-utils.c';
const EVENTS = 'hw/cxl/cxl-events.c';
const TYPE3 = 'hw/mem/cxl_type3.c';
const COMPONENT = 'hw/cxl/cxl-component-utils.c';
const CDAT = 'hw/cxl/cxl-cdat.c';

/** Sections with all below them, by the file that implements them; most say so in comments of their own. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  [MAILBOX]: 'CXL-3.1-8.2.9 CXL-3.2-8.2.10 CXL-3.1-7.6.7 CXL-3.1-9.13.3 CXL-3.1-8.2.8.4.6 CXL-3.1-8.2.8.4.7'.split(' '),
  'include/hw/cxl/cxl_mailbox.h': ['CXL-3.1-8.2.9.5.2.1'],
  [EVENTS]: ['CXL-3.1-8.2.9.2', 'CXL-3.2-8.2.10.2'],
  'include/hw/cxl/cxl_events.h': ['CXL-3.1-8.2.9.2', 'CXL-3.2-8.2.10.2'],
  'hw/cxl/cxl-device-utils.c': ['CXL-3.1-8.2.8'],
  'include/hw/cxl/cxl_device.h': ['CXL-3.1-8.2.8'],
  [COMPONENT]: ['CXL-3.1-8.1', 'CXL-3.1-8.2.2', 'CXL-3.1-8.2.3', 'CXL-3.1-8.2.4'],
  'include/hw/cxl/cxl_component.h': ['CXL-3.1-8.2.3', 'CXL-3.1-8.2.4'],
  'include/hw/cxl/cxl_pci.h': ['CXL-3.1-8.1'],
  [CDAT]: ['CXL-3.1-8.1.11'],
  'include/hw/cxl/cxl_cdat.h': ['CXL-3.1-8.1.11'],
  [TYPE3]: ['CXL-3.1-8.1', 'CXL-3.1-8.2.4.17', 'CXL-3.1-8.2.4.20', 'CXL-3.1-9.13.3', 'CXL-3.1-7.6.7.6'],
  'hw/cxl/switch-mailbox-cci.c': ['CXL-3.1-7.6.7.1'],
  'hw/cxl/cxl-host.c': ['CXL-3.1-9.18.1.3', 'CXL-3.1-8.2.4.20'],
  'hw/acpi/cxl.c': ['CXL-3.1-9.18', 'ACPI-6.5-6.2.11'],
  'hw/acpi/hmat.c': ['ACPI-6.5-5.2.28'],
  'hw/acpi/pci.c': ['ACPI-6.5-5.2.16.6', 'ACPI-6.5-5.2.16.7'],
  'hw/acpi/aml-build.c': ['ACPI-6.5-5.2.6', 'ACPI-6.5-5.2.16', 'ACPI-6.5-5.2.17', 'ACPI-6.5-6.4'],
  'hw/i386/acpi-build.c': ['ACPI-6.5-5.2.16', 'ACPI-6.5-5.3', 'ACPI-6.5-6', 'ACPI-6.5-9.1.1'],
  'hw/i386/pc.c': ['ACPI-6.5-15'],
  'hw/pci-bridge/pci_expander_bridge.c': ['CXL-3.1-8.2.4.20'],
  'hw/pci-bridge/cxl_root_port.c': ['CXL-3.1-8.1', 'CXL-3.1-8.2.4.17'],
  'hw/pci-bridge/cxl_upstream.c': ['CXL-3.1-8.1', 'CXL-3.1-8.2.4.20'],
  'hw/pci-bridge/cxl_downstream.c': ['CXL-3.1-8.1'],
  'hw/pci/pci.c': ['PCIe-6.0-7.5.1'],
  'hw/pci/pcie.c': ['PCIe-6.0-7.5.3', 'PCIe-6.0-6.7'],
  'hw/pci/pcie_aer.c': ['PCIe-6.0-6.2', 'PCIe-6.0-7.8.4'],
  'hw/pci/msix.c': ['PCIe-6.0-7.7'],
};

/** Where a defect like the planted quirks of a group would be. Those of firmware and operating system are in no file of QEMU. */
const PLANTED: readonly (readonly [Readonly<Record<string, Quirk>>, readonly string[]])[] = [
  [memoryMapQuirks, ['hw/i386/pc.c']],
  [acpiQuirks, ['hw/acpi/cxl.c', 'hw/i386/acpi-build.c']],
  [decodeQuirks, [COMPONENT, 'hw/cxl/cxl-host.c', TYPE3]],
  [deviceQuirks, [TYPE3]],
  [registerQuirks, [COMPONENT]],
  [mailboxQuirks, [MAILBOX, 'hw/cxl/cxl-device-utils.c']],
  [logQuirks, [MAILBOX]],
  [commandQuirks, [MAILBOX]],
  [plantedCommandQuirks, [MAILBOX]],
  [switchQuirks, [MAILBOX, 'hw/cxl/switch-mailbox-cci.c', 'hw/pci-bridge/cxl_upstream.c']],
  [cdatQuirks, [CDAT]],
  [eventQuirks, [EVENTS, TYPE3]],
  [dynamicCapacityQuirks, [MAILBOX, TYPE3]],
  [poisonQuirks, [MAILBOX, TYPE3]],
  [numaQuirks, ['hw/core/numa.c', 'hw/acpi/hmat.c', 'hw/acpi/aml-build.c']],
];

const planted = new Map(PLANTED.flatMap(([group, files]) => Object.keys(group).map((name) => [name, files] as const)));

/** A path in QEMU's tree, or in Linux', as sources of quirks name it. */
const PATH = /\b(?:[\w-]+\/)+[\w.-]+\.(?:c|h|json|rst)\b/g;

/** Files in which a quirk is, or would be. */
export function filesOfQuirk(name: QuirkName): readonly string[] {
  const { source, releases }: Quirk = quirks[name];
  const named = source.match(PATH) ?? [];
  return named.length > 0 || releases ? named : (planted.get(name) ?? []);
}

/** Files that a source tag names: `QEMU-hw/i386/pc.c`, or `CXL-3.1-8.2.4.20.7` for the files that implement it. */
export function filesOfSource(tag: string): readonly string[] {
  if (tag.startsWith('QEMU-')) return [tag.slice('QEMU-'.length)];
  return Object.keys(SECTIONS).filter((file) => SECTIONS[file]?.some((section) => isBelow(section, tag)));
}

/** Whether a section is `above`, or below it, by whole segments: `CXL-3.1-8.2.4.20` has `CXL-3.1-8.2.4.20.12` below it. */
export const isBelow = (above: string, section: string): boolean =>
  section === above || (section.startsWith(above) && '-.'.includes(section.charAt(above.length)));
