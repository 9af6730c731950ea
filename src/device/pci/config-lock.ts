import { DEVICE_DVSEC, DeviceControl, DeviceLock, RangeBaseLow } from '../../codec/cxl/dvsec';
import type { Quirks } from '../../ledger/quirks';
import type { ConfigSpace } from './config-space';

const ALL_BITS = 0xffff_ffff;

/** What Config Lock keeps as it is. CXL r3.1 Section 8.1.3: PCIe DVSEC for CXL Devices: registers with attribute RWL. */
const LOCKED = [
  { at: DEVICE_DVSEC.control, bits: DeviceControl.writable },
  ...[0, DEVICE_DVSEC.rangeStride].flatMap((range) => [
    { at: range + DEVICE_DVSEC.rangeBaseHigh, bits: ALL_BITS },
    { at: range + DEVICE_DVSEC.rangeBaseLow, bits: RangeBaseLow.writable },
  ]),
  { at: DEVICE_DVSEC.lock, bits: DeviceLock.writable }, // once set, it stays
];

/** Once software has set Config Lock of the DVSEC at `dvsec`, what it locks is read-only until the next reset. */
export function lockConfiguration(config: ConfigSpace, dvsec: number, quirks: Quirks): void {
  config.onWrite(dvsec + DEVICE_DVSEC.lock, () => {
    const { configLock } = DeviceLock.decode(config.read32(dvsec + DEVICE_DVSEC.lock));
    if (!configLock || quirks.has('dvsec-lock-ignored')) return;
    for (const { at, bits } of LOCKED) config.freeze(dvsec + at, bits);
  });
}
