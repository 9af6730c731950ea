/** The bytes of a UUID as AML has them. ACPI 6.5 Section 19.6.142: ToUUID: its first three fields are little-endian. */
export function uuid(text: string): Uint8Array {
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
  const [a, b, c] = [bytes.subarray(0, 4), bytes.subarray(4, 6), bytes.subarray(6, 8)];
  return Uint8Array.from([...[...a].reverse(), ...[...b].reverse(), ...[...c].reverse(), ...bytes.subarray(8)]);
}
