/** `cxl-rp`, `cxl-upstream` and `cxl-downstream`: QEMU hw/pci/pcie_port.c, hw/pci-bridge/cxl_root_port.c. */
import { FIELDS } from '../ledger/devices';
import type { QemuOffer } from '../ledger/offer';
import type { PciPlace, PortProperties } from '../machine/topology';
import { devicesOf, idOf } from './device';
import type { CommandLine } from './line';
import type { Option } from './option';
import { type Placed, placesOf } from './place';
import { fieldsIn, type Written, written } from './properties';
import { numberOf } from './value';

/** By id; only what is not as a rendered command line has it. */
export function parsePorts(line: CommandLine): Record<string, PortProperties> {
  const places = placesOf(line);
  const buses = devicesOf(line, 'pxb-cxl').map((bridge) => idOf(bridge, line));
  const switches = devicesOf(line, 'cxl-upstream').map((port) => idOf(port, line));
  const chassisOf = (bus: string) => [...buses, ...switches].indexOf(bus);
  const positions = new Map<string, number>();
  const slotted = [...devicesOf(line, 'cxl-rp'), ...devicesOf(line, 'cxl-downstream')].map((device) => {
    const placed = places.get(device) as Placed;
    const position = positions.get(placed.bus) ?? 0;
    positions.set(placed.bus, position + 1);
    return [idOf(device, line), slotProperties(device, placed, position, chassisOf(placed.bus))] as const;
  });
  const upstream = devicesOf(line, 'cxl-upstream').map(
    (device) => [idOf(device, line), fieldsIn(FIELDS.upstreamPort, device.value)] as const,
  );
  return Object.fromEntries([...slotted, ...upstream].filter(([, properties]) => Object.keys(properties).length > 0));
}

function slotProperties(device: Option, placed: Placed, position: number, bus: number): PortProperties {
  const [chassis, slot] = [numberOf(device.value('chassis')), numberOf(device.value('slot'))];
  const value = (name: string) => device.value(name) ?? (name === 'port' ? '0' : undefined);
  return {
    ...fieldsIn(FIELDS.port, value, { port: position }),
    ...((chassis !== bus || slot !== position) && { chassis, slot }),
    ...((placed.device !== position || placed.fn !== 0) && { place: { device: placed.device, fn: placed.fn } }),
  };
}

/** `addr`, in hexadecimal. */
export const addressOf = (place?: PciPlace) =>
  place && { addr: `0x${place.device.toString(16)}${place.fn > 0 ? `.${place.fn}` : ''}` };

/** What `driver` is given beside its position. @throws NotApplicable for what the QEMU lacks */
export const portProperties = (driver: string, properties: PortProperties = {}, offer: QemuOffer): Written => ({
  ...addressOf(properties.place),
  ...written(FIELDS.port, driver, { ...properties }, offer),
});
