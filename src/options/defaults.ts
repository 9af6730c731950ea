/** What a machine has on its root bus unless it is told otherwise: QEMU system/vl.c: default_list[], hw/i386/pc.c: pc_vga_init(), pc_nic_init(). */
import { type Option, parseOption } from './option';

const VGA: Readonly<Record<string, string>> = {
  std: 'VGA',
  cirrus: 'cirrus-vga',
  qxl: 'qxl-vga',
  virtio: 'virtio-vga',
  vmware: 'vmware-svga',
};
const DISPLAYS = /^((isa-)?(cirrus-)?vga|VGA|vmware-svga|qxl-vga|virtio-vga.*|ati-vga|vhost-user-vga)$/;
const DEFAULT_NIC = 'e1000e';
const VIRT_NIC = 'virtio-net-pci';

/** An option that says what a machine has by itself: `-nodefaults`, `-vga none`. */
export interface Said {
  readonly name: string;
  readonly value: string;
}

/** Options that do. */
export const OF_DEFAULTS: ReadonlySet<string> = new Set(['nodefaults', 'vga', 'net', 'nic', 'netdev']);

/** Drivers, in the order of their slots. */
export function defaultsOf(said: readonly Said[], devices: readonly Option[], isVirt: boolean): string[] {
  const values = (...names: string[]) => said.flatMap(({ name, value }) => (names.includes(name) ? [value] : []));
  const none = values('nodefaults').length > 0;
  const hasDisplay = devices.some((device) => DISPLAYS.test(`${device.value('driver')}`));
  const vga = values('vga').at(-1) ?? (none || hasDisplay || isVirt ? 'none' : 'std');
  const nic = isVirt ? VIRT_NIC : DEFAULT_NIC;
  const networked = values('net', 'nic', 'netdev').length > 0;
  const nics = [
    ...values('nic').filter((value) => value !== 'none'),
    ...values('net').filter((value) => value.startsWith('nic')),
  ].map((value) => parseOption('nic', value, 'type').value('model') ?? nic);
  return [...(VGA[vga] ? [VGA[vga]] : []), ...(networked ? nics : none ? [] : [nic])];
}
