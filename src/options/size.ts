const UNIT = { B: 1n, K: 1n << 10n, M: 1n << 20n, G: 1n << 30n, T: 1n << 40n, P: 1n << 50n, E: 1n << 60n } as const;

/**
 * `4G`, `0x1000`, `1.5g` in bytes; `unit` is the one of a number that has none. QEMU util/cutils.c: do_strtosz().
 * @throws SyntaxError
 */
export function parseSize(text: string, unit: keyof typeof UNIT = 'B'): bigint {
  const [, hex, whole, fraction = '', suffix] = /^(?:(0x[\da-f]+)|(\d+)(?:\.(\d*))?)([BKMGTPE]?)$/i.exec(text) ?? [];
  if (hex === undefined && whole === undefined) throw new SyntaxError(`not a size: ${text}`);
  const scale = UNIT[(suffix?.toUpperCase() || unit) as keyof typeof UNIT];
  if (hex !== undefined) return BigInt(hex) * scale;
  return BigInt(`${whole}`) * scale + (BigInt(`0${fraction}`) * scale) / 10n ** BigInt(fraction.length);
}

/** `4G`, `256M`, `1000B`: `-m` takes a bare number for MiB. */
export function showSize(size: bigint): string {
  const unit = (['T', 'G', 'M', 'K'] as const).find((name) => size > 0n && size % UNIT[name] === 0n);
  return unit ? `${size / UNIT[unit]}${unit}` : `${size}B`;
}

/** Of a fixed memory window that names none, in bytes. QEMU hw/cxl/cxl-host.c: cxl_fixed_memory_window_config(). */
export const DEFAULT_GRANULARITY = 256;
