/** `-device`, in the order of the command line: QEMU system/qdev-monitor.c, hw/core/qdev-properties.c. */
import type { PropertyType } from '../ledger/devices';
import type { QuirkName } from '../ledger/quirks';
import { MachineCrash } from '../machine/crash';
import type { Option } from '../options/option';
import { checkBridge } from './bridges';
import { type Bus, busesOf } from './buses';
import { checkCdatFile } from './cdat-file';
import { checkMessages } from './interrupts';
import { checkLink, checkModule, MODULES } from './links';
import { lookUnless, type Request, refuse } from './refuse';
import { checkSlot, type Slots } from './slots';
import { checkSwitchMailbox } from './switch';
import { checkType3 } from './type3';
import { complaintAbout, size } from './values';

/** @throws Refusal, MachineCrash */
export function checkDevices(request: Request): void {
  const buses = busesOf(request.line);
  const slots: Slots = { functions: new Map(), chassis: new Set() };
  for (const [position, device] of request.line.devices.entries()) {
    const before = request.line.devices.slice(0, position);
    const driver = device.value('driver');
    if (driver === undefined) refuse("Parameter 'driver' is missing", device);
    if (MODULES.has(driver)) {
      lookUnless('type3-unchecked', request, () => checkModule(device, before, request));
      continue;
    }
    const properties = request.facts.devices[driver];
    if (!properties && driver.startsWith('cxl-')) refuse(`'${driver}' is not a valid device model name`, device);
    const bus = busOf(device, buses, before, request);
    const look = (quirk: QuirkName, check: () => void) => lookUnless(quirk, request, check);
    if (properties) look('properties-unchecked', () => checkProperties(device, properties, request, before));
    look('ports-unchecked', () => checkSlot(device, bus, slots));
    if (driver === 'pxb-cxl') look('bridges-unchecked', () => checkBridge(device, bus, before, request));
    if (driver === 'cxl-type3') look('type3-unchecked', () => checkType3(device, before, request));
    look(driver === 'cxl-type3' ? 'failed-msix-ignored' : 'ports-unchecked', () => checkMessages(device, request));
    if (driver === 'cxl-switch-mailbox-cci') look('ports-unchecked', () => checkSwitchMailbox(device));
    if (driver === 'pci-testdev') look('properties-unchecked', () => checkTestDevice(device, request));
    look('cdat-file-unchecked', () => checkCdatFile(device, request));
  }
}

/** That it is plugged into; the root bus unless it names one. */
function busOf(device: Option, buses: ReadonlyMap<string, Bus>, before: readonly Option[], { quirks }: Request): Bus {
  const name = device.value('bus');
  const root = [...buses.values()][0] as Bus;
  if (root.kind === 'none') refuse(`No 'PCI' bus found for device '${device.value('driver')}'`, device);
  const bus = name === undefined ? root : buses.get(name);
  const there = bus && (!bus.of || before.includes(bus.of));
  if (!there && !quirks.has('ports-unchecked')) refuse(`Bus '${name}' not found`, device);
  return bus ?? root;
}

/** Links before there is anything against other properties, for QEMU sets them as it looks the property up. */
function checkProperties(
  device: Option,
  properties: Readonly<Record<string, PropertyType>>,
  { line }: Request,
  before: readonly Option[],
): void {
  const driver = `${device.value('driver')}`;
  for (const [key, value] of device.fields) {
    if (key === 'driver' || key === 'id' || key === 'bus') continue;
    const type = properties[key];
    if (!type) refuse(`Property '${driver}.${key}' not found`, device);
    const complaint = complaintAbout(type, key, value, driver);
    if (complaint) refuse(complaint, device);
    if (type === 'memory-backend' || type === 'cxl-upstream')
      checkLink({ key, value, type }, device, [...line.objects, ...before, device]);
  }
}

/** QEMU hw/pci/pci.c: pci_register_bar(). */
function checkTestDevice(device: Option, { quirks }: Request): void {
  const bar = size(device.value('membar') ?? '0') ?? 0n;
  if ((bar & (bar - 1n)) === 0n) return;
  if (quirks.has('test-device-bar-asserted')) throw new MachineCrash('SIGABRT', 'pci_register_bar');
  refuse(`a BAR has no ${bar} bytes`, device);
}
