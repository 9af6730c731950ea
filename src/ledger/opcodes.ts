import { precedes } from './release';

/** Opcodes of a Type 3 device by the first release that has them; as tried, and by QEMU hw/cxl/cxl-mailbox-utils.c: cxl_cmd_set[]. */
const SINCE: readonly { readonly from: string; readonly opcodes: readonly number[] }[] = [
  { from: '7.1', opcodes: [0x0100, 0x0101, 0x0102, 0x0103, 0x0200, 0x0300, 0x0301, 0x0400, 0x0401] },
  { from: '7.1', opcodes: [0x4000, 0x4100, 0x4102, 0x4103] },
  { from: '8.1', opcodes: [0x4300, 0x4301, 0x4302] },
  { from: '8.2', opcodes: [0x4400, 0x4500] },
  { from: '9.1', opcodes: [0x0201, 0x0202, 0x0500, 0x0501, 0x0502, 0x4303, 0x4304, 0x4305] },
  { from: '9.1', opcodes: [0x4800, 0x4801, 0x4802, 0x4803] }, // of devices with dynamic capacity
  { from: '10.1', opcodes: [0x0005, 0x4201, 0x4202, 0x4402] },
  { from: '11.0', opcodes: [0x0600] },
];

/** Of a switch's mailbox: hw/cxl/cxl-mailbox-utils.c: cxl_cmd_set_sw[]. */
export const switchOpcodesOf = (release?: string): number[] =>
  SWITCH.flatMap(({ from, opcodes }) => (release === undefined || !precedes(release, from) ? opcodes : []));

const SWITCH: typeof SINCE = [
  { from: '8.2', opcodes: [0x0001, 0x0002, 0x0300, 0x0301, 0x0400, 0x0401, 0x5100, 0x5101, 0x5300] },
  { from: '10.1', opcodes: [0x0005] },
  { from: '11.0', opcodes: [0x5102] },
];

/** Of what a Type 3 device takes from a fabric manager: cxl_cmd_set_t3_fm_owned_ld_mctp[]. */
export const managedOpcodesOf = (release?: string): number[] =>
  MANAGED.flatMap(({ from, opcodes }) => (release === undefined || !precedes(release, from) ? opcodes : []));

const MANAGED: typeof SINCE = [
  { from: '8.2', opcodes: [0x0001, 0x0300, 0x0400, 0x0401, 0x5300] },
  { from: '10.1', opcodes: [0x0003, 0x0004] },
  { from: '10.1', opcodes: [0x5600, 0x5601, 0x5602, 0x5603, 0x5604, 0x5605] }, // of devices with dynamic capacity
];

/** What a release such as `10.0.13` has; the newest one unless it is given. */
export const opcodesOf = (release?: string): number[] =>
  SINCE.flatMap(({ from, opcodes }) => (release === undefined || !precedes(release, from) ? opcodes : []));
