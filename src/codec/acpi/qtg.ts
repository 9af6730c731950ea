/** CXL r3.1 Section 9.18.3: CXL Root Device Specific Methods: which QoS throttling groups memory belongs to. */
import { DecodeError } from '../decode-error';
import { asInteger } from './aml/values';
import type { AcpiDevice } from './namespace';
import { uuid } from './uuid';

export const QTG_DSM = 'f365f9a6-a7de-4071-a66a-b40c0b4f8e52';

const QUERY = 0;
export const RETRIEVE_QTG_ID = 1;

const WIDTH = 64;

/** Numbers of the functions that `_DSM` says it has. ACPI 6.5 Section 9.1.1: a bit for each, of function 0 the first. */
export function dsmFunctions(device: AcpiDevice): number[] {
  const value = call(device, QUERY, []);
  const bits = asInteger(value, WIDTH);
  if (bits === undefined) throw new DecodeError(`${device.path}._DSM`, 'function 0 yields no bits');
  return Array.from({ length: WIDTH }, (_, i) => i).filter((i) => (bits >> BigInt(i)) & 1n);
}

export interface QtgIds {
  readonly highest: number;
  /** Best first. */
  readonly recommended: readonly number[];
}

/** Of memory that is read and written with that latency and bandwidth: ps, and MB/s. */
export function qtgIds(device: AcpiDevice, latency: bigint, bandwidth: bigint): QtgIds {
  const value = call(device, RETRIEVE_QTG_ID, [latency, latency, bandwidth, bandwidth]);
  const [highest, recommended] = Array.isArray(value) ? value : [];
  if (typeof highest !== 'bigint' || !Array.isArray(recommended))
    throw new DecodeError(`${device.path}._DSM`, 'function 1 yields no QTG ids');
  return { highest: Number(highest), recommended: recommended.map(Number) };
}

/** What `_DSM` yields for a function of whatever interface, as hexadecimal digits; `no buffer` where that is what it yields. */
export function dsmBytes(device: AcpiDevice, identifier: string, fn: number): string {
  const value = device.evaluate('_DSM', uuid(identifier), 1n, BigInt(fn), []);
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : 'no buffer';
}

function call(device: AcpiDevice, fn: number, input: bigint[]) {
  const value = device.evaluate('_DSM', uuid(QTG_DSM), 1n, BigInt(fn), input);
  if (value === undefined) throw new DecodeError(device.path, 'has no _DSM');
  return value;
}
