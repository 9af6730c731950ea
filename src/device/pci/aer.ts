import { AER, AerControl, AerCorrectableMask, AerUncorrectable } from '../../codec/pci/aer';
import { CONFIG, Command } from '../../codec/pci/configuration';
import { DeviceControl, PCI_EXPRESS } from '../../codec/pci/express';
import type { ConfigSpace } from './config-space';

/**
 * Internal errors as a function reports them by AER: PCI Express Base 6.0 Section 6.2. Status has their bits set even where
 * they are masked; nobody above hears of them here. QEMU hw/pci/pcie_aer.c: pcie_aer_inject_error().
 */
export class AerReporter {
  constructor(
    private readonly config: ConfigSpace,
    private readonly aerAt: number,
    private readonly expressAt: number,
  ) {}

  reportUncorrectable(): void {
    const bit = AerUncorrectable.encode({ internal: true });
    const fatal = this.#set(AER.uncorrectableSeverity, bit);
    this.#add(this.aerAt + AER.uncorrectableStatus, bit);
    this.#add(this.#device, DeviceControl.encode(fatal ? { fatalDetected: true } : { nonFatalDetected: true }));
    if (this.#set(AER.uncorrectableMask, bit)) return;
    const control = this.aerAt + AER.control;
    this.config.set32(control, AerControl.encode({ firstError: Math.log2(bit) }, this.config.read32(control)));
    const { reportFatal, reportNonFatal } = DeviceControl.decode(this.config.read32(this.#device));
    const { reportSystemError } = Command.decode(this.config.read32(CONFIG.command));
    if (reportSystemError || (fatal ? reportFatal : reportNonFatal)) {
      this.#add(CONFIG.command, Command.encode({ signaledSystemError: true }));
    }
  }

  reportCorrectable(): void {
    this.#add(this.aerAt + AER.correctableStatus, AerCorrectableMask.encode({ internal: true }));
    this.#add(this.#device, DeviceControl.encode({ correctableDetected: true }));
  }

  get #device(): number {
    return this.expressAt + PCI_EXPRESS.device;
  }

  #set = (register: number, bit: number): boolean => (this.config.read32(this.aerAt + register) & bit) !== 0;

  #add(at: number, bits: number): void {
    this.config.set32(at, this.config.read32(at) | bits);
  }
}
