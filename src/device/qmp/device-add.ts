/** What `device_add` refuses: QEMU system/qdev-monitor.c: qdev_device_add_from_qdict(), hw/pci/pcie.c: pcie_cap_slot_pre_plug_cb(). What a device lacks comes last. */
import { isFixed } from '../../ledger/devices';
import type { Quirks } from '../../ledger/quirks';
import { MachineCrash } from '../../machine/crash';
import type { QmpArguments } from '../../machine/qmp';
import { Refusal } from '../../machine/refusal';

export interface Running {
  /** Of all devices. */
  readonly ids: readonly string[];
  /** What is in the slot of each port, by the port's id; undefined if nothing is. */
  readonly slots: ReadonlyMap<string, string | undefined>;
  /** Ids of buses where nothing can be plugged in. */
  readonly buses: readonly string[];
}

/** A machine that runs, as far as it refuses devices. */
export class RunTimeRefusals {
  #leftBehind = 0;

  constructor(private readonly quirks: Quirks) {}

  /** @throws Refusal if QEMU has something against a device with those properties; MachineCrash if it crashes */
  check(given: QmpArguments, running: Running): void {
    if (this.quirks.has('plugged-in-unchecked')) return;
    checkPlace(given, running, this.quirks);
    if (given.driver !== 'cxl-type3' || given.lsa !== undefined) return;
    if (this.quirks.has('refused-type3-left-behind') && this.#leftBehind++ > 0)
      throw new MachineCrash('SIGSEGV', 'the address space of a device that is gone');
    const which = this.quirks.has('type3-only-persistent') ? '' : ' for persistent devices';
    throw new Refusal(`lsa property must be set${which}`);
  }
}

function checkPlace(given: QmpArguments, { ids, slots, buses }: Running, quirks: Quirks): void {
  const [driver, id, bus] = [`${given.driver}`, `${given.id}`, `${given.bus}`];
  const older = quirks.has('plugging-refused-otherwise');
  if (isFixed(driver))
    throw new Refusal(
      older ? "Parameter 'driver' expects a pluggable device type" : `Device '${driver}' does not support hotplugging`,
    );
  if (buses.includes(bus)) throw new Refusal(`Bus '${bus}' does not support hotplugging`);
  if (!slots.has(bus)) throw new Refusal(`Bus '${bus}' not found`);
  if (ids.includes(id)) throw new Refusal(`Duplicate device ID '${id}'`);
  const there = slots.get(bus);
  if (there !== undefined && !quirks.has('taken-slot-taken-again'))
    throw new Refusal(
      `PCI: slot 0 function 0 already occupied by ${there}, new func ${driver} cannot be exposed to guest.`,
    );
}
