import {
  DIRECTORY_LIMIT,
  DmaAccess,
  DmaControl,
  decodeDirectory,
  FILE_DIRECTORY,
  type FwCfgFile,
} from '../codec/fw-cfg';
import type { Hardware, Hpa } from '../machine/hardware';

/** Has the device serve the request at that address. QEMU does so before the last access returns. */
type Serve = (request: Hpa) => Promise<void>;

/** Room for a request, before that for answers. */
const REQUEST_ROOM = 0x1000n;

/** Reads fw_cfg files by DMA: one request each, where port reads would take one access per byte. */
export class FwCfg {
  private constructor(
    private readonly hardware: Hardware,
    private readonly scratch: Hpa,
    private readonly serve: Serve,
  ) {}

  #files: readonly FwCfgFile[] = [];

  /** `scratch` is RAM for requests and answers. */
  static async open(hardware: Hardware, scratch: Hpa, serve: Serve): Promise<FwCfg> {
    const fwCfg = new FwCfg(hardware, scratch, serve);
    await fwCfg.#transfer(FILE_DIRECTORY, fwCfg.#buffer, DIRECTORY_LIMIT);
    fwCfg.#files = decodeDirectory(await hardware.readBlock(fwCfg.#buffer, DIRECTORY_LIMIT));
    return fwCfg;
  }

  has = (name: string): boolean => this.#files.some((file) => file.name === name);

  /** @throws Error if there is no such file. */
  file(name: string): FwCfgFile {
    const file = this.#files.find((candidate) => candidate.name === name);
    if (!file) throw new Error(`fw_cfg has no file ${name}`);
    return file;
  }

  async read(name: string): Promise<Uint8Array> {
    await this.load(name, this.#buffer);
    return this.hardware.readBlock(this.#buffer, this.file(name).size);
  }

  /** Puts the file at `address`. */
  async load(name: string, address: Hpa): Promise<void> {
    const { selector, size } = this.file(name);
    await this.#transfer(selector, address, size);
  }

  get #buffer(): Hpa {
    return this.scratch + REQUEST_ROOM;
  }

  /** QEMU docs/specs/fw_cfg.rst: Guest-side DMA Interface. */
  async #transfer(selector: number, address: Hpa, length: number): Promise<void> {
    const control = DmaControl.encode({ select: true, selector, read: true });
    await this.hardware.writeBlock(this.scratch, DmaAccess.encode({ control, length, address }));
    await this.serve(this.scratch);
    const served = DmaAccess.decode(await this.hardware.readBlock(this.scratch, DmaAccess.size));
    if (served.control !== 0) throw new Error(`fw_cfg item ${selector}: DMA control reads ${served.control} when done`);
  }
}
