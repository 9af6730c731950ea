/** MSI-X of a function: PCI Express Base 6.0 Section 7.7.2. Messages that are masked are lost: pending bits read as zero. */
import { CONFIG, Command } from '../../codec/pci/configuration';
import { MSIX, MsixControl, MsixVector } from '../../codec/pci/msi';
import { RegisterBlock } from '../board/register-block';
import type { ConfigSpace } from './config-space';

const ALL_BITS = 0xffff_ffff;

const ENTRY = [
  { at: MSIX.addressLow, writable: ALL_BITS },
  { at: MSIX.addressHigh, writable: ALL_BITS },
  { at: MSIX.data, writable: ALL_BITS },
  { at: MSIX.vectorControl, value: MsixVector.encode({ masked: true }), writable: ALL_BITS },
];

/** Writes a word to an address in the machine, as a function that masters the bus does. */
export type SendWord = (address: bigint, word: number) => void;

export class Msix {
  /** A table of entries, all masked. */
  readonly table: RegisterBlock;

  /** Of a function whose capability is at `at`, with `count` vectors. */
  constructor(
    private readonly config: () => ConfigSpace,
    private readonly at: number,
    private readonly count: number,
    private readonly send: SendWord,
  ) {
    const size = count * MSIX.entrySize;
    this.table = new RegisterBlock(size, { parts: 'ignored' });
    for (let entry = 0; entry < size; entry += MSIX.entrySize) this.table.define(ENTRY, entry);
  }

  get enabled(): boolean {
    return MsixControl.decode(this.config().read32(this.at)).enable;
  }

  /** Sends the message of a vector, if nothing is against it. */
  notify(vector: number): void {
    const { enable, functionMask } = MsixControl.decode(this.config().read32(this.at));
    const entry = vector * MSIX.entrySize;
    const { masked } = MsixVector.decode(this.table.read32(entry + MSIX.vectorControl));
    const { busMaster } = Command.decode(this.config().read32(CONFIG.command));
    if (!enable || functionMask || vector >= this.count || masked || !busMaster) return;
    const [low, high] = [MSIX.addressLow, MSIX.addressHigh].map((half) => BigInt(this.table.read32(entry + half)));
    this.send(((high ?? 0n) << 32n) | (low ?? 0n), this.table.read32(entry + MSIX.data));
  }
}
