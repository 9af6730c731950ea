/** PCI Express slots of a real Linux, by the configuration space of the ports above them. */
import { Capability, ExpressCapabilities } from '../codec/pci/capability';
import { CONFIG } from '../codec/pci/configuration';
import { PCI_EXPRESS } from '../codec/pci/express';
import { INDICATOR, Slot, SlotCapabilities } from '../codec/pci/slot';

/** Prints the configuration space of each bridge, as a line of hexadecimal digits. */
export const PRINT_BRIDGES =
  'for d in /sys/bus/pci/devices/*; do grep -q ^0x0604 $d/class && od -An -v -tx1 $d/config | tr -d " \\n" && echo; done; true';

/** Whether nothing is under way in any hot-plug slot: what is present has power, and nothing else has. */
export const areAtRest = (bridges: string): boolean =>
  bridges
    .split('\n')
    .filter(Boolean)
    .every((line) => isAtRest(Buffer.from(line, 'hex')));

function isAtRest(config: Buffer): boolean {
  const read = (offset: number) => config.readUInt32LE(offset);
  for (let at = read(CONFIG.capabilities) & 0xff; at !== 0; at = Capability.decode(read(at)).next) {
    if (Capability.decode(read(at)).id !== PCI_EXPRESS.id) continue;
    if (!ExpressCapabilities.decode(read(at)).slotImplemented) return true;
    if (!SlotCapabilities.decode(read(at + PCI_EXPRESS.slotCapabilities)).hotPlug) return true;
    const slot = Slot.decode(read(at + PCI_EXPRESS.slot));
    const pending = slot.attentionButtonPressed || slot.presenceDetectChanged;
    return !pending && slot.powerIndicator !== INDICATOR.blinking && slot.presenceDetected !== slot.powerOff;
  }
  return true;
}
