import {
  DOWNSTREAM_PORT,
  ExpressCapabilities,
  Link,
  LinkCapabilities,
  PCI_EXPRESS,
  ROOT_PORT,
} from '../codec/pci/capability';
import { CLASS, LAYOUT } from '../codec/pci/configuration';
import { INDICATOR, Slot, SlotCapabilities } from '../codec/pci/slot';
import type { Quirks } from '../ledger/quirks';
import { component } from './component';
import { ConfigSpace } from './config-space';
import type { PciBus, PciFunction } from './pci-fabric';
import type { Type3Device } from './type3';

/** What a port with a slot may be. */
export interface PortKind {
  readonly vendorId: number;
  readonly deviceId: number;
  readonly portType: number;
  /** Where the PCI Express capability is. */
  readonly expressAt: number;
  /** Whether software can switch the slot's power off. */
  readonly powerController: boolean;
}

/** QEMU hw/pci-bridge/cxl_root_port.c. */
export const OF_ROOT: PortKind = {
  ...{ vendorId: 0x8086, deviceId: 0x7075, portType: ROOT_PORT },
  ...{ expressAt: 0x74, powerController: true },
};

/** QEMU hw/pci-bridge/cxl_downstream.c. */
export const OF_SWITCH: PortKind = {
  ...{ vendorId: 0x19e5, deviceId: 0xa129, portType: DOWNSTREAM_PORT },
  ...{ expressAt: 0x90, powerController: false },
};

/** What fits into a slot. */
export interface Pluggable {
  readonly id: string;
  /** All have the slot's device number. */
  readonly functions: readonly PciFunction[];
  /** The device that an access to an address in a window reaches. */
  route(address: bigint): Type3Device | undefined;
  /** As after power-on, but for media. */
  reset(): void;
}

/**
 * A root port, or a downstream port of a switch, with its slot: QEMU hw/pci/pcie.c. A device answers while the slot has
 * power, and is let go when software, asked by the attention button, has switched power and indicator off.
 */
export class DownstreamPort implements PciFunction {
  readonly fn = 0;
  readonly config: ConfigSpace;
  readonly behind: PciBus = [];
  readonly #slotAt: number;
  #plugged: Pluggable | undefined;
  #hotPlugged = false;
  #whenReleased: (() => void) | undefined;

  constructor(
    readonly id: string,
    private readonly kind: PortKind,
    /** Device number on the bus that it is on; the port number too. */
    readonly device: number,
    private readonly quirks: Quirks,
  ) {
    const { vendorId, deviceId, expressAt } = kind;
    const bar = { index: 0, size: 0x1_0000n, is64: true, responder: component(undefined, quirks).registers };
    this.config = new ConfigSpace({ vendorId, deviceId, classCode: CLASS.pciBridge }, LAYOUT.bridge, [bar]);
    this.#slotAt = expressAt + PCI_EXPRESS.slot;
    this.#defineExpress();
    this.config.onWrite(this.#slotAt, () => this.#controlled());
  }

  get plugged(): Pluggable | undefined {
    return this.#plugged;
  }

  /** The device that an access through a window reaches, if it is routed to this port. */
  route(address: bigint): Type3Device | undefined {
    const unreached = this.#hotPlugged && this.quirks.has('hot-added-device-unreached');
    return unreached ? undefined : this.#plugged?.route(address);
  }

  /** Fills the slot of a machine that is off. */
  plug(device: Pluggable): void {
    this.#plugged = device;
    this.reset();
  }

  /** Fills the slot of a running machine. The device has no power yet where software is to switch it on. */
  hotPlug(device: Pluggable): void {
    this.#plugged = device;
    this.#hotPlugged = true;
    this.#report({ presenceDetected: true, presenceDetectChanged: true, attentionButtonPressed: true }, true);
    this.#supply();
  }

  /** Presses the attention button. Calls `whenReleased` once software has let the device go. */
  askForRemoval(whenReleased: () => void): void {
    this.#whenReleased = whenReleased;
    this.#report({ attentionButtonPressed: true }, true);
  }

  /** What is in the slot is reset too; it has power from the beginning. */
  reset(): void {
    this.config.reset();
    this.#plugged?.reset();
    const presenceDetected = this.#plugged !== undefined;
    const powerIndicator = presenceDetected ? INDICATOR.on : INDICATOR.off;
    const powerOff = this.kind.powerController && !presenceDetected;
    this.#report({ presenceDetected, powerOff, powerIndicator }, presenceDetected);
    this.#supply();
  }

  /** What software has written to Slot Control takes effect. */
  #controlled(): void {
    const { powerIndicator } = Slot.decode(this.config.read32(this.#slotAt));
    this.#report({ commandCompleted: true }, this.#plugged !== undefined);
    const isOff = !this.#hasPower || !this.kind.powerController;
    if (this.#whenReleased && isOff && powerIndicator === INDICATOR.off) this.#release(this.#whenReleased);
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
    const device = this.#hasPower ? this.#plugged : undefined;
    if (!device) this.#plugged?.reset();
    this.behind.splice(0, this.behind.length, ...(device?.functions ?? []));
  }

  get #hasPower(): boolean {
    return !this.kind.powerController || !Slot.decode(this.config.read32(this.#slotAt)).powerOff;
  }

  #report(fields: Parameters<typeof Slot.encode>[0], linkActive: boolean): void {
    this.config.set32(this.#slotAt, Slot.encode(fields, this.config.read32(this.#slotAt)));
    this.config.set32(this.kind.expressAt + PCI_EXPRESS.link, Link.encode({ active: linkActive }));
  }

  #defineExpress(): void {
    const { portType, expressAt, powerController } = this.kind;
    this.config.addCapability(PCI_EXPRESS.id, expressAt, {
      header: ExpressCapabilities.encode({ version: 2, portType, slotImplemented: true }),
    });
    const define = (offset: number, value: number) => this.config.define(expressAt + offset, value);
    define(PCI_EXPRESS.linkCapabilities, LinkCapabilities.encode({ activeReporting: true, portNumber: this.device }));
    const has = { attentionButton: true, powerController, attentionIndicator: true, powerIndicator: true };
    const slot = { ...has, surprise: true, hotPlug: true, slotNumber: this.device };
    define(PCI_EXPRESS.slotCapabilities, SlotCapabilities.encode(slot));
    const empty = { attentionIndicator: INDICATOR.off, powerIndicator: INDICATOR.off, powerOff: powerController };
    const writable = Slot.encode({ powerOff: powerController }, Slot.writable);
    this.config.define(this.#slotAt, Slot.encode(empty), writable, Slot.clearable);
  }
}
