/** What differs between ports that have slots. */
import { INDICATOR, Slot, SlotCapabilities } from '../../codec/pci/slot';
import type { Facts, LinkFacts } from '../../ledger/facts';
import type { PortProperties } from '../../machine/topology';
import type { ComponentKind } from '../decoders/component';
import type { FunctionIdentity } from '../pci/config-header';
import type { ConfigSpace } from '../pci/config-space';
import type { CapabilityLayout, ExtendedLayout } from '../pci/layout';

export interface PortKind {
  readonly component: ComponentKind;
  readonly identity: Omit<FunctionIdentity, 'classCode'>;
  /** Whether software can switch the slot's power off. */
  readonly powerController: boolean;
  /** Where the PCI Express capability is. */
  expressAt(facts: Facts): number;
  /** Where MSI is, if it has that. */
  msiAt(facts: Facts): number | undefined;
  /** Of a port that deals out its vectors by cause: that it has so many. */
  dealVectors?(config: ConfigSpace, vectors: number): void;
  /** What its link can have, unless its properties say otherwise. */
  link(facts: Facts): LinkFacts;
  /** In the order in which they are added: the last one is the first of the list. */
  capabilities(port: PlacedPort, facts: Facts): CapabilityLayout[];
  extended(port: PlacedPort, facts: Facts): ExtendedLayout[];
}

/** A port's properties, complete but for its link. */
export type PlacedPort = PortProperties & Required<Pick<PortProperties, 'number' | 'place' | 'slot'>>;

/** Those of one bus, in their order; one that names no place gets the first slot that none before it has. */
export function placed(ids: readonly string[], ports: Readonly<Record<string, PortProperties>>): PlacedPort[] {
  const taken = new Set<number>();
  return ids.map((id, position) => {
    const free = ids.findIndex((_, device) => !taken.has(device));
    const port = { number: position, place: { device: free, fn: 0 }, slot: position, ...ports[id] };
    taken.add(port.place.device);
    return port;
  });
}

export const linkOf = (properties: PortProperties = {}, usual: LinkFacts): LinkFacts => ({
  speed: properties.speed ?? usual.speed,
  width: properties.width ?? usual.width,
});

/** Of an empty one, which has no power. */
export function slot(slotNumber: number, powerController: boolean, hotPlug = true) {
  const has = { attentionButton: true, powerController, attentionIndicator: true, powerIndicator: true };
  const capabilities = { ...has, surprise: hotPlug, hotPlug, interlock: true, slotNumber };
  const empty = { attentionIndicator: INDICATOR.off, powerIndicator: INDICATOR.off, powerOff: powerController };
  const writable = Slot.encode({ powerOff: powerController }, Slot.writable);
  return {
    slotCapabilities: { value: SlotCapabilities.encode(capabilities) },
    slot: { value: Slot.encode(empty), writable },
  };
}
