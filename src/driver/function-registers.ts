/**
 * The registers of a function or a host bridge: configuration space, the CXL.cache and CXL.mem registers of the component,
 * device registers. They are found by the CHBS, or by BARs and the Register Locator DVSEC.
 */
import { bytesOfWords } from '../codec/bytes';
import { CACHE_MEM } from '../codec/cxl/component';
import { BLOCK_ID, CXL_VENDOR, DVSEC_ID } from '../codec/cxl/dvsec';
import { DecodeError } from '../codec/decode-error';
import { addressesOfWords, type Hardware, type Hpa } from '../machine/hardware';
import type { BlockName, CdatEntry, RegisterDump, Registers, Width } from '../machine/registers';
import { readCdatEntry } from './cdat';
import { enableMsix } from './msix';
import type { PciDevice } from './pci';
import { registerBlocks } from './register-blocks';

/** Bytes of each block. */
const SIZE = 0x1000;

export class FunctionRegisters implements Registers {
  private constructor(
    private readonly hardware: Hardware,
    private readonly of: string,
    /** Where they are. */
    readonly blocks: ReadonlyMap<BlockName, Hpa>,
    private readonly device?: PciDevice,
  ) {}

  /** Those of a host bridge, given where its CHBS says that its component registers are. */
  static ofHostBridge(hardware: Hardware, uid: number, registers: Hpa): FunctionRegisters {
    const blocks = new Map<BlockName, Hpa>([['component', registers + BigInt(CACHE_MEM)]]);
    return new FunctionRegisters(hardware, `host bridge ${uid}`, blocks);
  }

  /** Those of a function that firmware has placed. */
  static async of(hardware: Hardware, device: PciDevice): Promise<FunctionRegisters> {
    const blocks = new Map<BlockName, Hpa>([['configuration', device.configuration]]);
    if ((await device.dvsec(CXL_VENDOR, DVSEC_ID.registerLocator)) !== undefined) {
      const found = await registerBlocks(device);
      const [component, registers] = [found.get(BLOCK_ID.component), found.get(BLOCK_ID.device)];
      if (component !== undefined) blocks.set('component', component + BigInt(CACHE_MEM));
      if (registers !== undefined) blocks.set('device', registers);
    }
    return new FunctionRegisters(hardware, device.address, blocks, device);
  }

  async dump(names = [...this.blocks.keys()]): Promise<RegisterDump> {
    const wanted = [...this.blocks].filter(([name]) => names.includes(name));
    const dumped = wanted.map(async ([name, base]) => [name, await this.#bytes(name, base)] as const);
    return { of: this.of, blocks: Object.fromEntries(await Promise.all(dumped)) };
  }

  async read(block: BlockName, offset: number, width: Width): Promise<bigint> {
    const { hardware } = this;
    const at = this.#at(block, offset);
    if (width === 8) return hardware.read64(at);
    return BigInt(await { 1: hardware.read8, 2: hardware.read16, 4: hardware.read32 }[width].call(hardware, at));
  }

  write(block: BlockName, offset: number, width: Width, value: bigint): Promise<void> {
    const { hardware } = this;
    const at = this.#at(block, offset);
    if (width === 8) return hardware.write64(at, value);
    const writes = { 1: hardware.write8, 2: hardware.write16, 4: hardware.write32 };
    return writes[width].call(hardware, at, Number(value));
  }

  async cdatEntry(handle: number): Promise<CdatEntry | undefined> {
    if (!this.device) throw new DecodeError(this.of, 'has no CDAT');
    return readCdatEntry(this.device, handle);
  }

  async enableMsix(messages: Hpa): Promise<number> {
    if (!this.device) throw new DecodeError(this.of, 'has no MSI-X');
    return enableMsix(this.hardware, this.device, messages);
  }

  #at(block: BlockName, offset: number): Hpa {
    const base = this.blocks.get(block);
    if (base === undefined) throw new DecodeError(this.of, `has no ${block} registers`);
    return base + BigInt(offset);
  }

  /** Configuration space is never read but by 32 bits; wider reads of other blocks are another thing than two of 32 bits. */
  #bytes(name: BlockName, base: Hpa): Promise<Uint8Array> {
    return name === 'configuration' ? this.hardware.readBlock(base, SIZE) : this.#words(base);
  }

  async #words(base: Hpa): Promise<Uint8Array> {
    const words = await this.hardware.readWords(addressesOfWords(base, SIZE / 4));
    return bytesOfWords(words);
  }
}
