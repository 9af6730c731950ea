/** ACPI 6.5 Section 6.3.7: _STA (Device Status), as far as its bits are looked at here. */

const BITS = { present: 0, enabled: 1, functioning: 3 } as const;

/** Of a device without the object all of them are set. */
export const decodeDeviceStatus = (status = 0b1111): Record<keyof typeof BITS, boolean> => {
  const isSet = (bit: number) => ((status >> bit) & 1) === 1;
  return { present: isSet(BITS.present), enabled: isSet(BITS.enabled), functioning: isSet(BITS.functioning) };
};
