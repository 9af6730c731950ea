/** Latency and bandwidth in sysfs, and what follows from them. Linux Documentation/ABI/testing/sysfs-bus-cxl. */
import type { Access, QosClasses } from '../machine/host';

export const printQosClasses = (memdev: string): string =>
  `cd /sys/bus/cxl/devices/${memdev}; for p in ram pmem; do [ -e $p/qos_class ] && echo $p $(cat $p/qos_class); done; true`;

export function parseQosClasses(text: string): QosClasses {
  const { ram, pmem } = valuesIn(text);
  return { ...(ram !== undefined && { volatile: ram }), ...(pmem !== undefined && { persistent: pmem }) };
}

/** Of a folder such as `region0/access1`, in which the kernel shows nothing that it does not know. */
export const printAccess = (folder: string): string =>
  `cd ${folder} 2>/dev/null || exit 0; for p in *_latency *_bandwidth; do [ -e $p ] && echo $p $(cat $p); done; true`;

export const parseAccess = (text: string): Access =>
  Object.fromEntries(Object.entries(valuesIn(text)).map(([name, value]) => [name.replace('_', ' '), value]));

/** Of lines with a name and a number. */
function valuesIn(text: string): Readonly<Record<string, number>> {
  const lines = text.split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => line.split(' ')).map(([name, value]) => [name, Number(value)]));
}
