/** The hot-plug slot below a PCI Express port, as Linux drives it: drivers/pci/hotplug/pciehp_hpc.c. */
import { ExpressCapabilities, Link, LinkCapabilities } from '../codec/pci/capability';
import { PCI_EXPRESS } from '../codec/pci/express';
import { INDICATOR, Slot, SlotCapabilities } from '../codec/pci/slot';
import { type Configuration, findCapability } from './capability';

/** How often the link is looked at; Linux waits 1 s for it, drivers/pci/pci.c: pcie_wait_for_link_delay(). */
const POLLS = 100;

const CONTROL = 0xffff;

export class HotPlugSlot {
  private constructor(
    private readonly port: Configuration,
    private readonly express: number,
  ) {}

  /** Undefined if the port has no slot, or one that devices cannot be plugged into while it runs. */
  static async of(port: Configuration): Promise<HotPlugSlot | undefined> {
    const at = await findCapability(port, PCI_EXPRESS.id);
    if (at === undefined || !ExpressCapabilities.decode(await port.read(at)).slotImplemented) return undefined;
    const { hotPlug } = SlotCapabilities.decode(await port.read(at + PCI_EXPRESS.slotCapabilities));
    return hotPlug ? new HotPlugSlot(port, at) : undefined;
  }

  /** Yields what has happened since, and clears it. */
  async takeEvents(): Promise<ReturnType<typeof Slot.decode>> {
    const raw = await this.#read();
    if (raw & Slot.clearable) await this.#write(raw);
    return Slot.decode(raw);
  }

  /** Powers the device up. False if its link does not come up. Linux pciehp_ctrl.c: board_added(). */
  async powerOn(): Promise<boolean> {
    await this.#control({ powerOff: false, powerIndicator: INDICATOR.blinking });
    const isUp = await this.#linkComesUp();
    await this.#control(isUp ? { powerIndicator: INDICATOR.on } : { powerOff: true, powerIndicator: INDICATOR.off });
    return isUp;
  }

  /** Lets the device go. Linux pciehp_ctrl.c: remove_board(). */
  async powerOff(): Promise<void> {
    await this.#control({ powerOff: true });
    await this.#control({ powerIndicator: INDICATOR.off });
  }

  /** A port that does not report whether its link is active is taken at its word. */
  async #linkComesUp(): Promise<boolean> {
    const capabilities = await this.port.read(this.express + PCI_EXPRESS.linkCapabilities);
    if (!LinkCapabilities.decode(capabilities).activeReporting) return true;
    for (let poll = 0; poll < POLLS; poll++) {
      if (Link.decode(await this.port.read(this.express + PCI_EXPRESS.link)).active) return true;
    }
    return false;
  }

  /** Status bits are written as zeros, which leaves them as they are. */
  async #control(fields: Parameters<typeof Slot.encode>[0]): Promise<void> {
    await this.#write(Slot.encode(fields, (await this.#read()) & CONTROL));
  }

  #read = () => this.port.read(this.express + PCI_EXPRESS.slot);
  #write = (value: number) => this.port.write(this.express + PCI_EXPRESS.slot, value);
}
