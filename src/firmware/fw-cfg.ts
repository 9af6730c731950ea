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
    fwCfg.#files = decodeDirectory(await fwCfg.#fetch(FILE_DIRECTORY, DIRECTORY_LIMIT));
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
    const { selector, size } = this.file(name);
    return this.#fetch(selector, size);
  }

  /** Puts the file at `address`. */
  async load(name: string, address: Hpa): Promise<void> {
    const { selector, size } = this.file(name);
    await this.#transfer(selector, address, size);
  }

  get #buffer(): Hpa {
    return this.scratch + REQUEST_ROOM;
  }

  async #fetch(selector: number, length: number): Promise<Uint8Array> {
    const served = this.#transfer(selector, this.#buffer, length);
    const [bytes] = await Promise.all([this.hardware.readBlock(this.#buffer, length), served]);
    return bytes;
  }

  /** QEMU docs/specs/fw_cfg.rst: Guest-side DMA Interface. The hardware does one after the other, whenever it is waited for. */
  async #transfer(selector: number, address: Hpa, length: number): Promise<void> {
    const control = DmaControl.encode({ select: true, selector, read: true });
    const [, , answer] = await Promise.all([
      this.hardware.writeBlock(this.scratch, DmaAccess.encode({ control, length, address })),
      this.serve(this.scratch),
      this.hardware.readBlock(this.scratch, DmaAccess.size),
    ]);
    const served = DmaAccess.decode(answer);
    if (served.control !== 0) throw new Error(`fw_cfg item ${selector}: DMA control reads ${served.control} when done`);
  }
}
