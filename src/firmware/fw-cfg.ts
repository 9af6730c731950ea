import { swap32 } from '../codec/bytes';
import {
  DIRECTORY_LIMIT,
  DMA_PORT,
  DMA_SIGNATURE,
  DmaAccess,
  DmaControl,
  decodeDirectory,
  FILE_DIRECTORY,
  type FwCfgFile,
} from '../codec/fw-cfg';
import type { Hardware, Hpa } from '../machine/hardware';

/** RAM for requests and answers, at 1 MiB: every machine has some there, and firmware is alone in it. */
const REQUEST = 0x10_0000n;
const BUFFER = 0x10_1000n;

/** Reads fw_cfg files by DMA: one request each, where port reads would take one access per byte. */
export class FwCfg {
  private constructor(
    private readonly hardware: Hardware,
    private readonly files: readonly FwCfgFile[],
  ) {}

  /** @throws Error if the machine does not offer DMA. */
  static async open(hardware: Hardware): Promise<FwCfg> {
    const { high, low } = DMA_SIGNATURE;
    if ((await hardware.in32(DMA_PORT.high)) !== high || (await hardware.in32(DMA_PORT.low)) !== low) {
      throw new Error('fw_cfg does not offer DMA');
    }
    await transfer(hardware, FILE_DIRECTORY, BUFFER, DIRECTORY_LIMIT);
    return new FwCfg(hardware, decodeDirectory(await hardware.readBlock(BUFFER, DIRECTORY_LIMIT)));
  }

  has = (name: string): boolean => this.files.some((file) => file.name === name);

  /** @throws Error if there is no such file. */
  file(name: string): FwCfgFile {
    const file = this.files.find((candidate) => candidate.name === name);
    if (!file) throw new Error(`fw_cfg has no file ${name}`);
    return file;
  }

  async read(name: string): Promise<Uint8Array> {
    await this.load(name, BUFFER);
    return this.hardware.readBlock(BUFFER, this.file(name).size);
  }

  /** Puts the file at `address`. */
  async load(name: string, address: Hpa): Promise<void> {
    const { selector, size } = this.file(name);
    await transfer(this.hardware, selector, address, size);
  }
}

/** QEMU docs/specs/fw_cfg.rst: Guest-side DMA Interface. QEMU serves the request before the last write returns. */
async function transfer(hardware: Hardware, selector: number, address: Hpa, length: number): Promise<void> {
  const control = DmaControl.encode({ select: true, selector, read: true });
  await hardware.writeBlock(REQUEST, DmaAccess.encode({ control, length, address }));
  await hardware.out32(DMA_PORT.high, 0);
  await hardware.out32(DMA_PORT.low, swap32(Number(REQUEST)));
  const served = DmaAccess.decode(await hardware.readBlock(REQUEST, DmaAccess.size));
  if (served.control !== 0) throw new Error(`fw_cfg item ${selector}: DMA control reads ${served.control} when done`);
}
