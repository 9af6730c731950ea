/** MSI of a function with vectors that can be masked: PCI Express Base 6.0 Section 7.7.1. QEMU hw/pci/msi.c. */
import { MSI, MsiControl } from '../../codec/pci/msi';
import type { Quirks } from '../../ledger/quirks';
import type { ConfigSpace } from './config-space';

/** Messages that are not masked go nowhere here: no software takes them. */
export class Msi {
  readonly #mask: number;
  readonly #pending: number;

  /** Of a function whose capability is at `at`. Calls `onChange` with the number of vectors after each write. */
  constructor(
    private readonly config: ConfigSpace,
    private readonly at: number,
    private readonly quirks: Quirks,
    private readonly onChange: (vectors: number) => void = () => {},
  ) {
    const { address64 } = this.#control;
    this.#mask = at + MSI.mask + (address64 ? MSI.wider : 0);
    this.#pending = this.#mask + 4;
    const size = MSI.size + (address64 ? MSI.wider : 0);
    for (let register = at; register < at + size; register += 4) config.onWrite(register, () => this.#written());
  }

  get enabled(): boolean {
    return this.#control.enable;
  }

  /** How many vectors software has given it. */
  get vectors(): number {
    return 2 ** this.#control.vectors;
  }

  /** Interrupts by a vector; one that is masked is pending. */
  notify(vector: number): void {
    if (!this.enabled || ((this.config.read32(this.#mask) >>> vector) & 1) === 0) return;
    this.config.set32(this.#pending, (this.config.read32(this.#pending) | (1 << vector)) >>> 0);
  }

  /** While it is enabled it has at most the vectors that it is capable of, and what is not masked any more is sent. */
  #written(): void {
    const { enable, vectors, vectorsCapable } = this.#control;
    if (enable) {
      const taken = this.quirks.has('msi-vectors-unclamped') ? vectors : Math.min(vectors, vectorsCapable);
      this.config.set32(this.at, MsiControl.encode({ vectors: taken }, this.config.read32(this.at)));
      const there = 2 ** (2 ** taken) - 1;
      this.config.set32(this.#pending, this.config.read32(this.#pending) & there & this.config.read32(this.#mask));
    }
    this.onChange(this.vectors);
  }

  get #control() {
    return MsiControl.decode(this.config.read32(this.at));
  }
}
