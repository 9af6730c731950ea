import { CXL_VENDOR, DVSEC_ID, REGISTER_LOCATOR, RegisterBlockLow } from '../codec/cxl/dvsec';
import { DecodeError } from '../codec/decode-error';
import { DVSEC, DvsecHeader1 } from '../codec/pci/capability';
import type { Hpa } from '../machine/hardware';
import type { PciDevice } from './pci';

/** Addresses of a device's register blocks by id. CXL r3.1 Section 8.1.9: Register Locator DVSEC. */
export async function registerBlocks(device: PciDevice): Promise<ReadonlyMap<number, Hpa>> {
  const at = await device.dvsec(CXL_VENDOR, DVSEC_ID.registerLocator);
  if (at === undefined) throw new DecodeError(device.address, 'has no Register Locator DVSEC');
  const { firstBlock, blockSize } = REGISTER_LOCATOR;
  const { length } = DvsecHeader1.decode(await device.read(at + DVSEC.header1));
  const blocks = Array.from({ length: Math.floor((length - firstBlock) / blockSize) }, async (_, i) => {
    const low = await device.read(at + firstBlock + i * blockSize);
    const high = await device.read(at + firstBlock + i * blockSize + 4);
    const { bar, id } = RegisterBlockLow.decode(low);
    return [id, (await device.bar(bar)) + ((BigInt(high) << 32n) | BigInt((low & ~0xffff) >>> 0))] as const;
  });
  return new Map((await Promise.all(blocks)).filter(([id]) => id !== 0));
}
