/** `-device`, in the order of the command line: QEMU system/qdev-monitor.c, hw/core/qdev-properties.c. */
import type { PropertyType } from '../ledger/property';
import type { QuirkName } from '../ledger/quirks';
import { MachineCrash } from '../machine/crash';
import type { Option } from '../options/option';
import { busOf as defaultBus, isPciFunction } from '../options/place';
import { checkBridge, EXPANDERS } from './bridges';
import { type Bus, busesOf } from './buses';
import { checkCdatFile } from './cdat-file';
import { checkMessages } from './interrupts';
import { checkLink, checkModule, MODULES } from './links';
import { lookUnless, type Request, refuse } from './refuse';
import { checkSlot, ownFunctions, type Slots } from './slots';
import { checkSwitchMailbox } from './switch';
import { checkType3 } from './type3';
import { address, complaintAbout, complaintAboutKind, size } from './values';

/** Names that look like a device of CXL, and are none unless a release has it. */
const NOT_A_MODEL = /^(cxl-|i2c_mctp_cxl$|usb-cxl-mctp$)/;

/** @throws Refusal, MachineCrash */
export function checkDevices(request: Request): void {
  const buses = busesOf(request.line);
  const slots: Slots = { functions: ownFunctions(request.line), chassis: new Set() };
  for (const [position, device] of request.line.devices.entries()) {
    const before = request.line.devices.slice(0, position);
    const driver = device.value('driver');
    if (driver === undefined) refuse("Parameter 'driver' is missing", device);
    if (MODULES.has(driver)) {
      lookUnless('type3-unchecked', request, () => checkModule(device, before, request));
      continue;
    }
    const properties = request.facts.devices[driver];
    if (!properties && NOT_A_MODEL.test(driver)) refuse(`'${driver}' is not a valid device model name`, device);
    const bus = busOf(device, buses, before, request);
    const look = (quirk: QuirkName, check: () => void) => lookUnless(quirk, request, check);
    if (properties) look('properties-unchecked', () => checkProperties(device, properties, request, before));
    look('ports-unchecked', () => checkSlot(device, bus, slots));
    look('ports-unchecked', () => checkReserved(device));
    if (EXPANDERS.has(driver)) look('bridges-unchecked', () => checkBridge(device, bus, before, request));
    if (driver === 'cxl-type3') look('type3-unchecked', () => checkType3(device, before, request));
    look(driver === 'cxl-type3' ? 'failed-msix-ignored' : 'ports-unchecked', () => checkMessages(device, request));
    if (driver === 'cxl-switch-mailbox-cci') look('ports-unchecked', () => checkSwitchMailbox(device));
    if (driver === 'pci-testdev') look('properties-unchecked', () => checkTestDevice(device, request));
    look('cdat-file-unchecked', () => checkCdatFile(device, request));
  }
}

/** That it is plugged into, of a PCI function. */
function busOf(device: Option, buses: ReadonlyMap<string, Bus>, before: readonly Option[], { quirks }: Request): Bus {
  const root = [...buses.values()][0] as Bus;
  if (!isPciFunction(`${device.value('driver')}`)) return root;
  const name = defaultBus(device, before, root.name);
  if (root.kind === 'none') refuse(`No 'PCI' bus found for device '${device.value('driver')}'`, device);
  const bus = buses.get(name);
  const there = bus && (!bus.of || before.includes(bus.of));
  if (!there && !quirks.has('ports-unchecked')) refuse(`Bus '${name}' not found`, device);
  return bus ?? root;
}

/** Links before there is anything against other properties, for QEMU sets them as it looks the property up. */
function checkProperties(
  device: Option,
  properties: Readonly<Record<string, PropertyType>>,
  { line, quirks }: Request,
  before: readonly Option[],
): void {
  const driver = `${device.value('driver')}`;
  for (const [key, value] of device.fields) {
    if (key === 'driver' || key === 'id' || key === 'bus') continue;
    const type = properties[key];
    if (!type) refuse(`Property '${driver}.${key}' not found`, device);
    const kind = device.kinds?.get(key);
    const complaint =
      (kind && !quirks.has('json-kinds-unchecked') ? complaintAboutKind(type, key, kind) : undefined) ??
      complaintAboutPlace(device, key) ??
      complaintAbout(type, key, value, driver);
    if (complaint) refuse(complaint, device);
    if (type === 'memory-backend' || type === 'cxl-upstream')
      checkLink({ key, value, type }, device, [...line.objects, ...before, device]);
  }
}

/** Device and function in one number, which only JSON has. QEMU hw/core/qdev-properties-system.c: set_pci_devfn(). */
function complaintAboutPlace(device: Option, key: string): string | undefined {
  if (key !== 'addr' || device.kinds?.get(key) !== 'integer' || address(`${device.value(key)}`)) return undefined;
  return `Parameter '${key}' expects a value between -1 and 255`;
}

/** QEMU hw/pci/pci_bridge.c: pci_bridge_qemu_reserve_cap_init(). */
function checkReserved(device: Option): void {
  if (device.value('pref32-reserve') === undefined || device.value('pref64-reserve') === undefined) return;
  refuse('PCI resource reserve cap: PREF32 and PREF64 conflict', device);
}

/** QEMU hw/pci/pci.c: pci_register_bar(). */
function checkTestDevice(device: Option, { quirks }: Request): void {
  const bar = size(device.value('membar') ?? '0') ?? 0n;
  if ((bar & (bar - 1n)) === 0n) return;
  if (quirks.has('test-device-bar-asserted')) throw new MachineCrash('SIGABRT', 'pci_register_bar');
  refuse(`a BAR has no ${bar} bytes`, device);
}
