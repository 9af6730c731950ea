/** The interrupt of a slot: PCI Express Base 6.0 Section 6.7.3.4. QEMU hw/pci/pcie.c: hotplug_event_notify(). */
import { CONFIG, Command } from '../../codec/pci/configuration';
import { Slot } from '../../codec/pci/slot';
import type { ConfigSpace } from '../pci/config-space';
import type { Msi } from '../pci/msi';

/** Each event with what enables its interrupt. */
const EVENTS = [
  ['attentionButtonPressed', 'attentionButtonEnable'],
  ['presenceDetectChanged', 'presenceDetectEnable'],
  ['commandCompleted', 'commandCompletedEnable'],
] as const;

const HOT_PLUG_VECTOR = 0;

export class HotPlugInterrupt {
  #asserted = false;

  /** Without `msi`, or while that is disabled, it interrupts by its pin, if `hasPin`. */
  constructor(
    private readonly config: ConfigSpace,
    private readonly slotAt: number,
    private readonly msi: Msi | undefined,
    private readonly hasPin: boolean,
  ) {}

  /** Interrupts if that has become due. */
  notify(): void {
    const before = this.#asserted;
    this.#asserted = this.#isDue;
    if (before === this.#asserted) return;
    if (this.msi?.enabled) this.msi.notify(HOT_PLUG_VECTOR);
    else this.#setPin(this.#asserted);
  }

  /** Status was cleared by software. */
  clear(): void {
    this.#asserted = this.#isDue;
    if (!this.msi?.enabled && !this.#asserted) this.#setPin(false);
  }

  /** What is due after a reset is due without an interrupt. */
  reset(): void {
    this.#asserted = this.#isDue;
  }

  #setPin(interruptStatus: boolean): void {
    if (!this.hasPin) return;
    this.config.set32(CONFIG.command, Command.encode({ interruptStatus }, this.config.read32(CONFIG.command)));
  }

  get #isDue(): boolean {
    const slot = Slot.decode(this.config.read32(this.slotAt));
    return slot.hotPlugInterruptEnable && EVENTS.some(([event, enable]) => slot[event] && slot[enable]);
  }
}
