/** Since when QEMU has what a machine needs and a QEMU lacks. */
import { deviceFrom, propertiesOf } from './devices';
import { objectFrom } from './objects';

/**
 * Of an object, a device or `cxl-type3.sn`: `, which came with QEMU 8.1`, with what is the same before it. Nothing is said of what
 * there is in all releases, or in none.
 */
export function cameWith(name: string): string {
  const [device = '', key] = name.split('.');
  const row = key === undefined ? undefined : propertiesOf(device)?.[key];
  const since = key === undefined ? (deviceFrom(device) ?? objectFrom(device)) : row?.from;
  if (since === undefined) return '';
  return `, which came with QEMU ${since}${row?.formerly ? `; ${row.formerly} is the same there` : ''}`;
}
