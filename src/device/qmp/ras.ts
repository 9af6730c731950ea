import type { CorrectableError, UncorrectableError } from '../../codec/cxl/ras';
import type { Type3Device } from '../type3/type3';
import type { Values } from './values';

/** QEMU qapi/cxl.json: CxlUncorErrorType. */
const UNCORRECTABLE: Readonly<Record<string, UncorrectableError>> = {
  'cache-data-parity': 'cacheDataParity',
  'cache-address-parity': 'cacheAddressParity',
  'cache-be-parity': 'cacheByteEnableParity',
  'cache-data-ecc': 'cacheDataEcc',
  'mem-data-parity': 'memDataParity',
  'mem-address-parity': 'memAddressParity',
  'mem-be-parity': 'memByteEnableParity',
  'mem-data-ecc': 'memDataEcc',
  'reinit-threshold': 'reinitThreshold',
  'rsvd-encoding': 'reservedEncoding',
  'poison-received': 'poisonReceived',
  'receiver-overflow': 'receiverOverflow',
  internal: 'internal',
  'cxl-ide-tx': 'ideTransmit',
  'cxl-ide-rx': 'ideReceive',
};

/** QEMU qapi/cxl.json: CxlCorErrorType. */
const CORRECTABLE: Readonly<Record<string, CorrectableError>> = {
  'cache-data-ecc': 'cacheDataEcc',
  'mem-data-ecc': 'memDataEcc',
  'crc-threshold': 'crcThreshold',
  'retry-threshold': 'retryThreshold',
  'cache-poison-received': 'cachePoisonReceived',
  'mem-poison-received': 'memPoisonReceived',
  physical: 'physicalLayer',
};

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
