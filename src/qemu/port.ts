/** Properties of ports of CXL on the command line: QEMU hw/pci/pcie_port.c, hw/pci-bridge/cxl_root_port.c. */
import type { PciPlace, PortProperties } from '../machine/topology';
import { type DeviceName, need, type QemuOffer } from './offer';

/** By name. */
type Told = Readonly<Record<string, string | bigint | boolean>>;

const SPEEDS = ['2_5', '5', '8', '16', '32', '64'];

/** `addr`, in hexadecimal. */
export const addressOf = (place?: PciPlace) =>
  place && { addr: `0x${place.device.toString(16)}${place.fn > 0 ? `.${place.fn}` : ''}` };

/** What `driver` is told of its link and flits. @throws NotApplicable for what the QEMU lacks */
export function linkProperties(
  driver: DeviceName,
  { speed, width, largeFlits }: Pick<PortProperties, 'speed' | 'width' | 'largeFlits'>,
  offer: QemuOffer,
): Told {
  if (speed !== undefined || width !== undefined) need(offer, driver, 'x-speed');
  if (largeFlits) need(offer, driver, 'x-256b-flit');
  return {
    ...(speed !== undefined && { 'x-speed': `${SPEEDS[speed - 1]}` }),
    ...(width !== undefined && { 'x-width': `${width}` }),
    ...(largeFlits && { 'x-256b-flit': true }),
  };
}

/** What `driver` is told beside its position. @throws NotApplicable for what the QEMU lacks */
export function portProperties(driver: DeviceName, properties: PortProperties = {}, offer: QemuOffer): Told {
  const { number, place, multiFunction, chassis, slot, hotPlug, powerController, accessControl } = properties;
  if (accessControl === false) need(offer, driver, 'disable-acs');
  return {
    ...(number !== undefined && { port: BigInt(number) }),
    ...addressOf(place),
    ...(chassis !== undefined && { chassis: BigInt(chassis) }),
    ...(slot !== undefined && { slot: BigInt(slot) }),
    ...(multiFunction && { multifunction: true }),
    ...(hotPlug === false && { hotplug: false }),
    ...(powerController === false && { power_controller_present: false }),
    ...(accessControl === false && { 'disable-acs': true }),
    ...linkProperties(driver, properties, offer),
  };
}
