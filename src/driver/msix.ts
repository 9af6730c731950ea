/** MSI-X as a driver sets it up: PCI Express Base 6.0 Section 7.7.2. */

import { DecodeError } from '../codec/decode-error';
import { MSIX, MsixControl, MsixPlace } from '../codec/pci/msi';
import type { Hardware, Hpa } from '../machine/hardware';
import { findCapability } from './capability';
import type { PciDevice } from './pci';

/** What `MsixPlace` counts in. */
const OFFSET_UNIT = 8;

/** Has vector n write n + 1 into the n-th word from `messages` on, which is zero until then. Yields how many vectors there are. */
export async function enableMsix(hardware: Hardware, device: PciDevice, messages: Hpa): Promise<number> {
  const at = await findCapability(device, MSIX.id);
  if (at === undefined) throw new DecodeError(device.address, 'has no MSI-X');
  const control = await device.read(at);
  const count = MsixControl.decode(control).last + 1;
  const { bar, offset } = MsixPlace.decode(await device.read(at + MSIX.table));
  const table = (await device.bar(bar)) + BigInt(offset * OFFSET_UNIT);
  for (let vector = 0; vector < count; vector++) {
    const message = messages + BigInt(4 * vector);
    const entry = table + BigInt(MSIX.entrySize * vector);
    await hardware.write32(message, 0);
    await hardware.write32(entry + BigInt(MSIX.addressLow), Number(message & 0xffff_ffffn));
    await hardware.write32(entry + BigInt(MSIX.addressHigh), Number(message >> 32n));
    await hardware.write32(entry + BigInt(MSIX.data), vector + 1);
    await hardware.write32(entry + BigInt(MSIX.vectorControl), 0);
  }
  await device.write(at, MsixControl.encode({ enable: true }, control));
  return count;
}
