import { ecamOffset, type PciAddress } from '../codec/pci/configuration';
import type { Hardware, Hpa } from '../machine/hardware';
import type { Configuration } from './capability';

/** One function's configuration space, by ECAM: PCI Express Base 6.0 Section 7.2.2. */
export class EcamFunction implements Configuration {
  constructor(
    protected readonly hardware: Hardware,
    private readonly ecam: Hpa,
    readonly location: PciAddress,
  ) {}

  /** Where its configuration space is. */
  get configuration(): Hpa {
    return this.ecam + ecamOffset(this.location, 0);
  }

  read = (offset: number): Promise<number> => this.hardware.read32(this.#at(offset));
  write = (offset: number, value: number): Promise<void> => this.hardware.write32(this.#at(offset), value);

  /** One access each, in their order. */
  readAll = (offsets: readonly number[]): Promise<number[]> => this.hardware.readWords(offsets.map(this.#at));
  writeAll = (offsets: readonly number[], values: readonly number[]): Promise<void> =>
    this.hardware.writeWords(offsets.map(this.#at), values);

  #at = (offset: number): Hpa => this.ecam + ecamOffset(this.location, offset);
}
