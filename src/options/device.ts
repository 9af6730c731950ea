import type { CommandLine } from './line';
import type { Option } from './option';

export const devicesOf = ({ devices }: CommandLine, driver: string): Option[] =>
  devices.filter((device) => device.value('driver') === driver);

/** Of a device that nobody calls by name too. */
export const idOf = (device: Option, { devices }: CommandLine): string =>
  device.value('id') ?? `unnamed${devices.filter((each) => each.value('id') === undefined).indexOf(device)}`;
