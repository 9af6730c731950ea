/** PCI Express Base 6.0 Section 7.7.2: MSI-X Table Structure; nobody is interrupted here. */
import { MSIX } from '../codec/pci/msi';
import { RegisterBlock } from './register-block';

const ALL_BITS = 0xffff_ffff;

/** Of an entry's Vector Control. */
const MASKED = 1;

/** A table of `count` entries, all masked. Its pending bits read as zero. */
export function msixTable(count: number): RegisterBlock {
  const registers = new RegisterBlock();
  for (let at = 0; at < count * MSIX.entrySize; at += 4) {
    const reset = at % MSIX.entrySize === MSIX.vectorControl ? MASKED : 0;
    registers.define(at, { writable: ALL_BITS, reset });
  }
  return registers;
}
