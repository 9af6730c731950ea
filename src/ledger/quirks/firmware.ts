/** Quirks of firmware that configures CXL memory; all are planted, for QEMU's firmware leaves it alone. */
import type { Quirk } from './quirk';

export const firmwareQuirks = {
  'firmware-describes-nothing': {
    summary: 'Firmware commits decoders, and describes the memory behind them nowhere.',
    source: 'planted',
  },
  'firmware-describes-more': {
    summary: 'Firmware describes 256 MiB more than the decoders that it has committed map.',
    source: 'planted',
  },
  'firmware-commits-nothing': {
    summary: 'Firmware describes CXL memory as if it had committed decoders.',
    source: 'planted',
  },
  'firmware-forgets-lock': {
    summary: 'Firmware that is to lock the decoders that it commits leaves them open to be programmed anew.',
    source: 'planted',
  },
  'firmware-forgets-persistence': {
    summary: 'Firmware describes persistent memory that it has configured as volatile.',
    source: 'planted',
  },
  'firmware-ignores-cdat': {
    summary:
      'Firmware does not describe latency and bandwidth of CXL memory, though the CDAT of the devices tells them.',
    source: 'planted',
  },
  'srat-domain-of-ram': {
    summary: 'The SRAT puts CXL memory that firmware has configured on the domain of the RAM.',
    source: 'planted',
  },
} as const satisfies Record<string, Quirk>;
