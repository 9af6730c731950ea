/** MSI of a port, which deals out its vectors by cause. */
import { MsiControl } from '../../codec/pci/msi';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import { MachineCrash } from '../../machine/crash';
import type { ConfigSpace } from '../pci/config-space';
import { Msi } from '../pci/msi';
import type { PortKind } from './port-layout';

/** Undefined if ports of that kind have none. */
export function portMsi(kind: PortKind, config: ConfigSpace, facts: Facts, quirks: Quirks): Msi | undefined {
  const at = kind.msiAt(facts);
  if (at === undefined) return undefined;
  const { dealVectors } = kind;
  if (dealVectors && quirks.has('undealt-vectors-abort')) config.onWrite(at, () => refuseVectors(config.read32(at)));
  return new Msi(config, at, quirks, (vectors) => dealVectors?.(config, vectors));
}

/** Vectors that are more than causes, as long as MSI is off. QEMU hw/pci-bridge/cxl_root_port.c: cxl_rp_aer_vector(). */
function refuseVectors(raw: number): void {
  const { enable, vectors } = MsiControl.decode(raw);
  if (!enable && vectors > 1) throw new MachineCrash('SIGABRT', 'cxl_rp_aer_vector');
}
