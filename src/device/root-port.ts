import { ExpressCapabilities, Link, LinkCapabilities, PCI_EXPRESS, ROOT_PORT } from '../codec/pci/capability';
import { CLASS, LAYOUT } from '../codec/pci/configuration';
import { INDICATOR, Slot, SlotCapabilities } from '../codec/pci/slot';
import type { Quirks } from '../ledger/quirks';
import { type Component, component } from './component';
import { ConfigSpace } from './config-space';
import type { PciBus, PciFunction } from './pci-fabric';
import type { Type3Device } from './type3';

/** Where QEMU 10 has it. */
const PCI_EXPRESS_AT = 0x74;
const SLOT = PCI_EXPRESS_AT + PCI_EXPRESS.slot;

/**
 * A root port, with a slot for one device: QEMU hw/pci-bridge/cxl_root_port.c, hw/pci/pcie.c. A device answers while
 * the slot has power, and is let go when software, asked by the attention button, has switched power and indicator off.
 */
export class RootPort implements PciFunction {
  readonly fn = 0;
  readonly config: ConfigSpace;
  readonly behind: PciBus = [];
  readonly #component: Component;
  #plugged: Type3Device | undefined;
  #hotPlugged = false;
  #whenReleased: (() => void) | undefined;

  constructor(
    readonly id: string,
    /** Device number on the bridge's bus; the port number too. */
    readonly device: number,
    private readonly quirks: Quirks,
  ) {
    this.#component = component(undefined, quirks);
    const identity = { vendorId: 0x8086, deviceId: 0x7075, classCode: CLASS.pciBridge };
    const bar = { index: 0, size: 0x1_0000n, is64: true, responder: this.#component.registers };
    this.config = new ConfigSpace(identity, LAYOUT.bridge, [bar]);
    this.#defineExpress();
    this.config.onWrite(SLOT, () => this.#controlled());
  }

  get plugged(): Type3Device | undefined {
    return this.#plugged;
  }

  /** The device that accesses through a window reach. */
  get reached(): Type3Device | undefined {
    return this.#hotPlugged && this.quirks.has('hot-added-device-unreached') ? undefined : this.#plugged;
  }

  /** Fills the slot of a machine that is off. */
  plug(device: Type3Device): void {
    this.#plugged = device;
    this.reset();
  }

  /** Fills the slot of a running machine: the device is there, but has no power yet. */
  hotPlug(device: Type3Device): void {
    this.#plugged = device;
    this.#hotPlugged = true;
    this.#report({ presenceDetected: true, presenceDetectChanged: true, attentionButtonPressed: true }, true);
  }

  /** Presses the attention button. Calls `whenReleased` once software has let the device go. */
  askForRemoval(whenReleased: () => void): void {
    this.#whenReleased = whenReleased;
    this.#report({ attentionButtonPressed: true }, true);
  }

  /** A slot that is filled has power from the beginning. */
  reset(): void {
    this.config.reset();
    const presenceDetected = this.#plugged !== undefined;
    const powerIndicator = presenceDetected ? INDICATOR.on : INDICATOR.off;
    this.#report({ presenceDetected, powerOff: !presenceDetected, powerIndicator }, presenceDetected);
    this.#supply();
  }

  /** What software has written to Slot Control takes effect. */
  #controlled(): void {
    const { powerOff, powerIndicator } = Slot.decode(this.config.read32(SLOT));
    this.#report({ commandCompleted: true }, this.#plugged !== undefined);
    if (this.#whenReleased && powerOff && powerIndicator === INDICATOR.off) this.#release(this.#whenReleased);
    this.#supply();
  }

  #release(whenReleased: () => void): void {
    this.#plugged = undefined;
    this.#whenReleased = undefined;
    this.#report({ presenceDetected: false, presenceDetectChanged: true }, false);
    whenReleased();
  }

  /** Only a device that has power is on the bus; one that loses it forgets its registers. */
  #supply(): void {
    const device = Slot.decode(this.config.read32(SLOT)).powerOff ? undefined : this.#plugged;
    if (!device) this.#plugged?.reset();
    this.behind.splice(0, this.behind.length, ...(device ? [{ device: 0, fn: 0, config: device.config }] : []));
  }

  #report(fields: Parameters<typeof Slot.encode>[0], linkActive: boolean): void {
    this.config.set32(SLOT, Slot.encode(fields, this.config.read32(SLOT)));
    this.config.set32(PCI_EXPRESS_AT + PCI_EXPRESS.link, Link.encode({ active: linkActive }));
  }

  #defineExpress(): void {
    this.config.addCapability(PCI_EXPRESS.id, PCI_EXPRESS_AT, {
      header: ExpressCapabilities.encode({ version: 2, portType: ROOT_PORT, slotImplemented: true }),
    });
    const define = (offset: number, value: number) => this.config.define(PCI_EXPRESS_AT + offset, value);
    define(PCI_EXPRESS.linkCapabilities, LinkCapabilities.encode({ activeReporting: true, portNumber: this.device }));
    const has = { attentionButton: true, powerController: true, attentionIndicator: true, powerIndicator: true };
    const slot = { ...has, surprise: true, hotPlug: true, slotNumber: this.device };
    define(PCI_EXPRESS.slotCapabilities, SlotCapabilities.encode(slot));
    const empty = { attentionIndicator: INDICATOR.off, powerIndicator: INDICATOR.off, powerOff: true };
    this.config.define(SLOT, Slot.encode(empty), Slot.writable, Slot.clearable);
  }
}
