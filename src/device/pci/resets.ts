/** Resets that software initiates by configuration space. */
import { BridgeControl, CONFIG } from '../../codec/pci/configuration';
import { FunctionReset, PCI_EXPRESS } from '../../codec/pci/express';
import type { Quirks } from '../../ledger/quirks';
import type { ConfigSpace } from './config-space';

/** Of a bridge: Secondary Bus Reset begins as its bit is set. PCI Express Base 6.0 Section 7.5.1.3.13. */
export function onSecondaryBusReset(config: ConfigSpace, reset: () => void): void {
  const isSet = (raw: number) => BridgeControl.decode(raw).secondaryBusReset;
  config.onWrite(CONFIG.interrupt, ({ before }) => {
    if (!isSet(before) && isSet(config.read32(CONFIG.interrupt))) reset();
  });
}

/** Of a port of a switch, which takes it for a function of its own. QEMU hw/pci/pcie.c: pcie_cap_flr_write_config(). */
export function onFunctionReset(config: ConfigSpace, express: number, quirks: Quirks, reset: () => void): void {
  if (!quirks.has('switch-ports-reset-as-functions')) return;
  config.onWrite(express + PCI_EXPRESS.device, ({ written }) => {
    if (FunctionReset.decode(written).initiate) reset();
  });
}
