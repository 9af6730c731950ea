/** What goes into a guest image, as data. */
import { type GuestArchitectureName, guestArchitecture } from './architecture';

/** Debian 12 has the `cxl` command in the package `ndctl`. */
export const packagesOf = (suite: string, architecture: GuestArchitectureName): string[] => [
  ...guestArchitecture(architecture).packages,
  'busybox-static',
  'dropbear-bin',
  'ndctl',
  'daxctl',
  'kexec-tools',
  ...(suite === 'bookworm' ? [] : ['cxl']),
];

export const PROGRAMS = ['busybox', 'dropbear', 'cxl', 'daxctl', 'ndctl', 'kexec'];

/**
 * With what they depend on. Debian builds cxl_core and cxl_port into the kernel. Linux 6.12 dereferences a null pointer
 * if cxl_pmem comes after regions that firmware has made: drivers/cxl/pmem.c: cxl_pmem_region_probe().
 */
export const MODULES = [
  'virtio_pci',
  'virtio_net',
  'cxl_pmem',
  'cxl_acpi',
  'cxl_pci',
  'cxl_mem',
  'cxl_port',
  'dax_cxl',
  'device_dax',
  'kmem',
  'dax_pmem',
  'dax_hmem',
  'nd_pmem',
];

/** What the guest says on its serial line when it takes connections. */
export const READY = 'cxl-conformance: ready';

/** QEMU's user network gives every guest this address. */
const ADDRESS = '10.0.2.15/24';

/** Sets up what a shell over SSH needs, and hands over to busybox init, which does nothing but reap. */
export const INIT = `#!/bin/busybox sh
/bin/busybox --install -s /usr/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts
mount -t devpts devpts /dev/pts
mount -t debugfs debugfs /sys/kernel/debug
mount -t tmpfs tmpfs /tmp
while read module; do insmod /modules/$module; done < /modules/order
ip link set lo up
ip address add ${ADDRESS} dev eth0
ip link set eth0 up
/usr/bin/dropbear -s -p 22
echo ${READY} >/dev/console
exec /bin/busybox init
`;

export const INITTAB = `::ctrlaltdel:/usr/bin/reboot -f
`;
