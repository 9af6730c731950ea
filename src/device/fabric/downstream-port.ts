import { Link } from '../../codec/pci/capability';
import { CLASS, CONFIG, Command, LAYOUT } from '../../codec/pci/configuration';
import { LinkControl2, PCI_EXPRESS } from '../../codec/pci/express';
import { INDICATOR, Slot } from '../../codec/pci/slot';
import type { Facts, LinkFacts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { VirtualClock } from '../board/clock';
import type { RegisterWrite } from '../board/register-block';
import { type Component, component } from '../decoders/component';
import { told } from '../pci/config-header';
import { ConfigSpace } from '../pci/config-space';
import { agreedLink } from '../pci/link';
import type { PciBus, PciFunction } from '../pci/pci-fabric';
import { onFunctionReset, onSecondaryBusReset } from '../pci/resets';
import type { Pluggable } from '../type3/pluggable';
import type { Type3Device } from '../type3/type3';
import { HotPlugInterrupt } from './hot-plug-interrupt';
import { linkOf, type PlacedPort, type PortKind } from './port-layout';
import { portMsi } from './port-msi';

/** Of the register that Slot Status is the other half of. */
const SLOT_CONTROL_SIZE = 2;
/** Of Slot Status: the events that QEMU has, and two more. */
const SLOT_EVENTS = 0x1f;
/** Of the register that Link Status is the other half of. */
const LINK_CONTROL_SIZE = 2;

/** A reserved value. */
const NO_INDICATOR = 0;

/**
 * A root port, or a downstream port of a switch, with its slot: QEMU hw/pci/pcie.c. A device answers while the slot has
 * power, and is let go when software, asked by the attention button, has switched power and indicator off.
 */
export class DownstreamPort implements PciFunction {
  /** Where it is on the bus that it is on. */
  readonly device: number;
  readonly fn: number;
  /** Port number, by which decoders name it. */
  readonly number: number;
  readonly config: ConfigSpace;
  readonly behind: PciBus = [];
  readonly #component: Component;
  readonly #express: number;
  /** Whether it knows which flits its device takes. */
  #hasLooked: boolean;
  #plugged: Pluggable | undefined;
  #hotPlugged = false;
  #others: readonly PciFunction[] = [];
  #isAskedToRelease = false;
  readonly #interrupt: HotPlugInterrupt;
  /** Called once the slot is empty. */
  onRelease: (device: Pluggable) => void = () => {};

  constructor(
    readonly id: string,
    private readonly kind: PortKind,
    private readonly properties: PlacedPort,
    private readonly facts: Facts,
    private readonly quirks: Quirks,
    clock?: VirtualClock,
  ) {
    this.number = properties.number;
    ({ device: this.device, fn: this.fn } = properties.place);
    this.#component = component(kind.component, facts, quirks, { now: () => clock?.now ?? 0n });
    this.#express = kind.expressAt(facts);
    this.#hasLooked = !quirks.has('port-version-told-late');
    const { busNumbersWritable } = facts;
    const { multiFunction = false } = properties;
    const identity = told({ ...kind.identity, classCode: CLASS.pciBridge, busNumbersWritable, multiFunction }, facts);
    const bar = { index: 0, size: 0x1_0000n, is64: true, responder: this.#component.registers };
    this.config = new ConfigSpace(identity, LAYOUT.bridge, [bar], { facts });
    for (const capability of kind.capabilities(properties, facts)) this.config.addCapability(capability);
    for (const capability of kind.extended(properties, facts)) this.config.addExtended(capability);
    this.config.onWrite(this.#slotAt, (write) => this.#slotWritten(write));
    onSecondaryBusReset(this.config, () => this.#plugged?.reset(true));
    if (!kind.powerController) onFunctionReset(this.config, this.#express, quirks, () => this.reset());
    this.config.onRead(this.#express + PCI_EXPRESS.link + LINK_CONTROL_SIZE, 1, () => this.lookAtLink());
    const msi = portMsi(kind, this.config, facts, quirks);
    const hasPin = kind.identity.interruptPin !== undefined;
    this.#interrupt = new HotPlugInterrupt(this.config, this.#slotAt, msi, hasPin);
    if (hasPin && msi) this.config.afterWrite = () => this.#lowerPin(); // QEMU hw/pci/pcie_aer.c: pcie_aer_root_write_config()
    this.reset();
  }

  get #hasPowerController(): boolean {
    return this.kind.powerController && this.properties.powerController !== false;
  }

  /** What its link can have. */
  get able(): LinkFacts {
    return linkOf(this.properties, this.kind.link(this.facts));
  }

  /** What its link has: that of the slower and narrower end. */
  get link(): LinkFacts {
    return agreedLink(this.able, this.#plugged?.link);
  }

  get plugged(): Pluggable | undefined {
    return this.#plugged;
  }

  /** Whether it says that its link has flits of 256 bytes. */
  get hasLargeFlits(): boolean {
    return LinkControl2.decode(this.config.read32(this.#link2At)).flitMode;
  }

  /** Has its link agree with what is in the slot. QEMU hw/pci/pcie.c: pcie_sync_bridge_lnk() */
  lookAtLink(): void {
    if (!this.#plugged) return;
    this.#hasLooked = true;
    this.#tellFlits();
  }

  /** The device that an access through a window reaches, if it is routed to this port. */
  route(address: bigint): Type3Device | undefined {
    const unreached = this.#hotPlugged && this.quirks.has('hot-added-device-unreached');
    return unreached ? undefined : this.#plugged?.route(address);
  }

  /** Puts functions that have no part in CXL behind it. */
  holdOthers(functions: readonly PciFunction[]): void {
    this.#others = functions;
    this.#supply();
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
    this.#interrupt.notify();
    this.#supply();
  }

  /**
   * Presses the attention button. {@link onRelease} is called once software has let the device go: at once, if it has no
   * power. QEMU hw/pci/pcie.c: pcie_cap_slot_unplug_request_cb()
   */
  askForRemoval(): void {
    this.#isAskedToRelease = true;
    if (!this.#hasPower && this.#indicatesNoPower) this.#release();
    else this.#report({ attentionButtonPressed: true }, true);
    this.#interrupt.notify();
  }

  /** What is in the slot is reset too; it has power from the beginning. Registers at `kept` stay. */
  reset(...kept: number[]): void {
    this.config.reset(...kept);
    this.#component.reset();
    this.#plugged?.reset();
    const presenceDetected = this.#plugged !== undefined;
    const powerOff = this.#hasPowerController && !presenceDetected;
    this.#report({ presenceDetected, powerOff, powerIndicator: this.#indicatorAtReset() }, presenceDetected);
    this.#interrupt.reset();
    this.#supply();
  }

  /** Ones for events that are not set clear none, as in QEMU hw/pci/pcie.c: pcie_cap_slot_write_config(). */
  #slotWritten({ written, before, from, length }: RegisterWrite): void {
    const value = written >>> (8 * from);
    if (from + length > SLOT_CONTROL_SIZE) {
      const unset = value & ~(before >>> 16) & SLOT_EVENTS;
      if (unset !== 0) {
        this.config.set32(this.#slotAt, this.config.read32(this.#slotAt) | (before & (SLOT_EVENTS << 16)));
      }
      this.#interrupt.clear();
    }
    if (from < SLOT_CONTROL_SIZE) this.#controlled(written, before, length > 1);
  }

  /** What software has written to Slot Control takes effect; a device is let go by one write that switches off all. */
  #controlled(written: number, before: number, whole: boolean): void {
    const { interlocked } = Slot.decode(this.config.read32(this.#slotAt));
    const toggled = interlocked !== Slot.decode(written).toggleInterlock;
    this.#report({ interlocked: toggled }, this.#plugged !== undefined);
    const isOff = !this.#hasPower || !(this.#hasPowerController || this.quirks.has('downstream-port-keeps-device'));
    const letGo = this.#isAskedToRelease && isOff && this.#indicatesNoPower;
    if (this.#plugged && (letGo || (whole && switchesOff(written) && !switchesOff(before)))) this.#release();
    this.#supply();
    this.#interrupt.notify();
    this.#report({ commandCompleted: true }, this.#plugged !== undefined);
    this.#interrupt.notify();
  }

  #release(): void {
    const device = this.#plugged;
    this.#plugged = undefined;
    this.#isAskedToRelease = false;
    this.#report({ presenceDetected: false, presenceDetectChanged: true }, false);
    if (device) this.onRelease(device);
  }

  #lowerPin(): void {
    this.config.set32(CONFIG.command, Command.encode({ interruptStatus: false }, this.config.read32(CONFIG.command)));
  }

  /** Only a device that has power is on the bus; one that loses it forgets its registers. */
  #supply(): void {
    const device = this.#hasPower ? this.#plugged : undefined;
    if (!device) this.#plugged?.reset();
    this.behind.splice(0, this.behind.length, ...(device?.functions ?? []), ...this.#others);
  }

  /** Of power, the indicator is only set if there is a power controller. */
  #indicatorAtReset(): number {
    if (!this.facts.indicatorTellsOfPower) return INDICATOR.off;
    if (!this.#hasPowerController) return NO_INDICATOR;
    return this.#plugged ? INDICATOR.on : INDICATOR.off;
  }

  get #hasPower(): boolean {
    return !this.#hasPowerController || !Slot.decode(this.config.read32(this.#slotAt)).powerOff;
  }

  get #indicatesNoPower(): boolean {
    return Slot.decode(this.config.read32(this.#slotAt)).powerIndicator === INDICATOR.off;
  }

  /** The link is as fast and as wide as what is in the slot, or as the port itself if nothing is. */
  #report(fields: Parameters<typeof Slot.encode>[0], active: boolean): void {
    const { config } = this;
    config.set32(this.#slotAt, Slot.encode(fields, config.read32(this.#slotAt)));
    config.set32(this.#express + PCI_EXPRESS.link, Link.encode({ ...this.link, active }));
    this.#tellFlits();
  }

  #tellFlits(): void {
    const isAgreed = !this.#plugged || this.#plugged.largeFlits || !this.#hasLooked;
    const flitMode = this.facts.portLargeFlits && isAgreed;
    this.config.set32(this.#link2At, LinkControl2.encode({ flitMode }, this.config.read32(this.#link2At)));
  }

  get #link2At(): number {
    return this.#express + PCI_EXPRESS.link2;
  }

  get #slotAt(): number {
    return this.#express + PCI_EXPRESS.slot;
  }
}

const switchesOff = (raw: number): boolean => {
  const { powerOff, powerIndicator } = Slot.decode(raw);
  return powerOff && powerIndicator === INDICATOR.off;
};
