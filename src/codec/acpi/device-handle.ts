/** ACPI 6.5 Section 5.2.16.6, Device Handle - ACPI and - PCI: how an SRAT structure names a device. */
import { struct, text, u8, u16, u32, u64 } from '../struct';

export type DeviceHandle =
  | { readonly by: 'ACPI'; readonly hid: string; readonly uid: number }
  | {
      readonly by: 'PCI';
      readonly segment: number;
      readonly bus: number;
      readonly device: number;
      readonly function: number;
    };

const ACPI = 0;
const PCI = 1;

const AcpiHandle = struct('ACPI device handle', { hid: text(8), uid: u32, reserved: u32 });
const PciHandle = struct('PCI device handle', { segment: u16, bus: u8, devfn: u8, reserved: u64, reserved2: u32 });

export const HANDLE_SIZE = AcpiHandle.size;

/** The handle, and the type that goes with it. */
export function encodeHandle(handle: DeviceHandle): { readonly type: number; readonly bytes: Uint8Array } {
  if (handle.by === 'ACPI') return { type: ACPI, bytes: AcpiHandle.encode({ hid: handle.hid, uid: handle.uid }) };
  const { segment, bus, device, function: fn } = handle;
  return { type: PCI, bytes: PciHandle.encode({ segment, bus, devfn: (device << 3) | fn }) };
}

/** Undefined for a type that is reserved. */
export function decodeHandle(type: number, bytes: Uint8Array): DeviceHandle | undefined {
  if (type === ACPI) {
    const { hid, uid } = AcpiHandle.decode(bytes);
    return { by: 'ACPI', hid, uid };
  }
  if (type !== PCI) return undefined;
  const { segment, bus, devfn } = PciHandle.decode(bytes);
  return { by: 'PCI', segment, bus, device: devfn >> 3, function: devfn & 7 };
}

/** `ACPI0016:12`, by _HID and _UID; `0000:0d:00.0`. */
export function showHandle(handle: DeviceHandle): string {
  if (handle.by === 'ACPI') return `${handle.hid}:${handle.uid}`;
  const digits = (value: number, count: number) => value.toString(16).padStart(count, '0');
  const { segment, bus, device, function: fn } = handle;
  return `${digits(segment, 4)}:${digits(bus, 2)}:${digits(device, 2)}.${fn}`;
}
