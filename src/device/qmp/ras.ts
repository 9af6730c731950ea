import type { CorrectableError, UncorrectableError } from '../../codec/cxl/ras';
import { CORRECTABLE, UNCORRECTABLE } from '../../ledger/qmp-commands';
import type { Type3Device } from '../type3/type3';
import type { Values } from './values';

/** QEMU qapi/cxl.json: CXLUncorErrorRecord. */
interface InjectedError {
  readonly type: string;
  /** Words. */
  readonly header: readonly (number | bigint)[];
}

/** QEMU hw/mem/cxl_type3.c: qmp_cxl_inject_uncorrectable_errors(). */
export function injectUncorrectable(device: Type3Device, values: Values): void {
  const errors = values.list<InjectedError>('errors').map(({ type, header }) => ({
    error: UNCORRECTABLE[type] as UncorrectableError,
    header: header.map(Number),
  }));
  device.detectUncorrectable(errors);
}

/** QEMU hw/mem/cxl_type3.c: qmp_cxl_inject_correctable_error(). */
export function injectCorrectable(device: Type3Device, values: Values): void {
  device.detectCorrectable(CORRECTABLE[values.text('type')] as CorrectableError);
}
