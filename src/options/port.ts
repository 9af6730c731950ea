/** Properties of `cxl-rp`, `cxl-upstream` and `cxl-downstream`: QEMU hw/pci/pcie_port.c, hw/pci-bridge/cxl_root_port.c. */
import type { PortProperties } from '../machine/topology';
import { devicesOf, idOf } from './device';
import type { CommandLine } from './line';
import type { Option } from './option';
import { type Placed, placesOf } from './place';
import { isOff, isOn, numberOf } from './value';

const SPEEDS = ['2_5', '5', '8', '16', '32', '64'];

/** What `x-speed` and `x-width` say. */
export const linkOf = (device: Option) => {
  const [speed, width] = [device.value('x-speed'), device.value('x-width')];
  return {
    ...(speed !== undefined && { speed: 1 + SPEEDS.indexOf(speed) }),
    ...(width !== undefined && { width: numberOf(width) }),
  };
};

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
  const upstream = devicesOf(line, 'cxl-upstream').map((device) => [idOf(device, line), common(device)] as const);
  return Object.fromEntries([...slotted, ...upstream].filter(([, properties]) => Object.keys(properties).length > 0));
}

function slotProperties(device: Option, placed: Placed, position: number, bus: number): PortProperties {
  const number = numberOf(device.value('port'));
  const [chassis, slot] = [numberOf(device.value('chassis')), numberOf(device.value('slot'))];
  const hasPower = device.value('power_controller_present');
  return {
    ...common(device),
    ...(number !== position && { number }),
    ...((chassis !== bus || slot !== position) && { chassis, slot }),
    ...((placed.device !== position || placed.fn !== 0) && { place: { device: placed.device, fn: placed.fn } }),
    ...(isOff(device.value('hotplug')) && { hotPlug: false }),
    ...(isOff(hasPower) && { powerController: false }),
    ...(isOn(device.value('disable-acs')) && { accessControl: false }),
  };
}

const common = (device: Option): PortProperties => ({
  ...linkOf(device),
  ...(isOn(device.value('multifunction')) && { multiFunction: true }),
  ...(isOn(device.value('x-256b-flit')) && { largeFlits: true }),
});
