/** Changes of registers that several quirks have in common, or that concern several registers alike. */
import { HdmDecoderControl } from '../../codec/cxl/hdm';
import { CorrectableMask, Uncorrectable } from '../../codec/cxl/ras';
import { Link, LinkCapabilities } from '../../codec/pci/capability';
import { DeviceCapabilities } from '../../codec/pci/express';
import { ALL_BITS } from '../../codec/register-rows';

/** HDM decoders that a component can have here. */
export const DECODERS: readonly number[] = [0, 1, 2, 3];
/** Of the DVSEC for CXL Devices. */
export const RANGES: readonly number[] = [1, 2];

/** A reset leaves it as it is. */
export const survives = (register: string) => ({ register, sticky: ALL_BITS });

/** RAS of such components takes what is written to status for status. */
export const errorStatusWritable = (of: 'device' | 'port') => [
  { register: 'RAS Uncorrectable Error Status', of, writable: Uncorrectable.writable, clearable: 0 },
  { register: 'RAS Correctable Error Status', of, writable: CorrectableMask.writable, clearable: 0 },
];

/** A port of that kind says that it has Function Level Reset. */
export const resetsAsFunction = (of: string) => ({
  register: 'PCI Express Device Capabilities',
  of,
  set: DeviceCapabilities.encode({ functionReset: true }),
});

/** Whether software can change Back Invalidate of decoders. */
export const backInvalidateWritable = (is: boolean) =>
  DECODERS.map((n) => ({
    register: `HDM Decoder ${n} Control`,
    writable: HdmDecoderControl.encode({ backInvalidate: is }, HdmDecoderControl.writable),
  }));

const SPEED = LinkCapabilities.encode({ speed: 0xf, activeReporting: true });
const NOT_FAST = ['Link Capabilities 2', 'Link Control 2 and Status 2'].map((name) => ({
  register: `PCI Express ${name}`,
  value: 0,
}));

/** Links are of no speed. */
export const WITHOUT_SPEED = [
  { register: 'PCI Express Link Capabilities', clear: SPEED },
  { register: 'PCI Express Link Control and Status', clear: Link.encode({ speed: 0xf }) },
  ...NOT_FAST,
];

/** Links of the downstream ports of switches are of no speed, and of no width. */
export const WITHOUT_LINK = [
  {
    register: 'PCI Express Link Capabilities',
    clear: SPEED | LinkCapabilities.encode({ width: 0x3f, bandwidthNotification: true }),
  },
  ...NOT_FAST,
].map((each) => ({ ...each, of: 'downstream port' }));
