/** Changes of registers that several quirks have in common, or that concern several registers alike. */
import { CorrectableMask, Uncorrectable } from '../../codec/cxl/ras';
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
