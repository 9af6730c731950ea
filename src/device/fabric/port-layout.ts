/** What differs between ports that have slots. */
import { PCI_EXPRESS } from '../../codec/pci/capability';
import { INDICATOR, Slot, SlotCapabilities } from '../../codec/pci/slot';
import type { Facts, LinkFacts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { ComponentKind } from '../decoders/component';
import type { FunctionIdentity } from '../pci/config-header';
import type { CapabilityLayout, ExtendedLayout, Register } from '../pci/layout';

export interface PortKind {
  readonly component: ComponentKind;
  readonly identity: Omit<FunctionIdentity, 'classCode'>;
  /** Whether software can switch the slot's power off. */
  readonly powerController: boolean;
  /** Where the PCI Express capability is. */
  expressAt(quirks: Quirks): number;
  /** Where MSI is, of a port that deals out its vectors by cause, if it has that. */
  msiAt?(quirks: Quirks): number | undefined;
  /** What it makes of a link that nothing is behind. */
  link(facts: Facts): LinkFacts;
  /** In the order in which they are added: the last one is the first of the list. */
  capabilities(portNumber: number, facts: Facts, quirks: Quirks): CapabilityLayout[];
  extended(facts: Facts, quirks: Quirks): ExtendedLayout[];
}

/** Of an empty one, which has no power. */
export function slot(slotNumber: number, powerController: boolean): Register[] {
  const has = { attentionButton: true, powerController, attentionIndicator: true, powerIndicator: true };
  const capabilities = { ...has, surprise: true, hotPlug: true, interlock: true, slotNumber };
  const empty = { attentionIndicator: INDICATOR.off, powerIndicator: INDICATOR.off, powerOff: powerController };
  const writable = Slot.encode({ powerOff: powerController }, Slot.writable);
  return [
    { at: PCI_EXPRESS.slotCapabilities, value: SlotCapabilities.encode(capabilities) },
    { at: PCI_EXPRESS.slot, value: Slot.encode(empty), writable, clearable: Slot.clearable },
  ];
}
