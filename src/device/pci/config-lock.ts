import { DEVICE_DVSEC, DEVICE_DVSEC_ROWS, DeviceLock } from '../../codec/cxl/dvsec';
import { ALL_BITS } from '../../codec/register-rows';
import type { Quirks } from '../../ledger/quirks';
import type { ConfigSpace } from './config-space';

const { control, lock, rangeBaseHigh, rangeBaseLow, range2BaseHigh, range2BaseLow } = DEVICE_DVSEC_ROWS.at;

/** What Config Lock keeps as it is, itself included. CXL r3.1 Section 8.1.3: PCIe DVSEC for CXL Devices: registers with attribute RWL. */
const LOCKED = [control, lock, rangeBaseHigh, rangeBaseLow, range2BaseHigh, range2BaseLow];

/** Once software has set Config Lock of the DVSEC at `dvsec`, what it locks is read-only until the next reset. */
export function lockConfiguration(config: ConfigSpace, dvsec: number, quirks: Quirks): void {
  config.onWrite(dvsec + DEVICE_DVSEC.lock, () => {
    const { configLock } = DeviceLock.decode(config.read32(dvsec + DEVICE_DVSEC.lock));
    if (!configLock || quirks.has('dvsec-lock-ignored')) return;
    for (const at of LOCKED) config.freeze(dvsec + at, ALL_BITS);
  });
}
