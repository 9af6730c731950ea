/**
 * Devices that come and go while the machine runs. Linux drivers/pci/hotplug/pciehp_ctrl.c and pciehp_pci.c: it is told
 * by interrupts, or looks every second (pciehp_poll_mode); here it looks when asked to. The 5 s for which it lets people
 * change their mind about the attention button are not waited for.
 */
import { BusNumbers, CONFIG, Command, LAYOUT, memoryWindow } from '../codec/pci/configuration';
import { MSI } from '../codec/pci/msi';
import { end, hex, type Range } from '../codec/range';
import { findCapability } from '../driver/capability';
import { HotPlugSlot } from '../driver/hot-plug-slot';
import { type PciDevice, scanBus } from '../driver/pci';
import type { Hardware, Hpa } from '../machine/hardware';
import type { CxlTopology } from './topology';

/** What came of the events of a slot. */
export interface Plugged {
  readonly added: readonly PciDevice[];
  /** Taken out already, or about to lose power once `release` is called. */
  readonly leaving: readonly PciDevice[];
  readonly release: () => Promise<void>;
  readonly log: readonly string[];
}

/** Looks at all slots, and deals with what has happened there. */
export async function dealWithSlots(hardware: Hardware, { ecam, pci }: CxlTopology): Promise<Plugged[]> {
  const done: Plugged[] = [];
  for (const bridge of pci.filter(({ layout }) => layout === LAYOUT.bridge)) {
    const slot = await HotPlugSlot.of(bridge);
    if (!slot || (await findCapability(bridge, MSI.id)) === undefined) continue; // QEMU routes no INTx from there
    const { attentionButtonPressed, presenceDetected } = await slot.takeEvents();
    const behind = pci.filter(({ parent }) => parent === bridge);
    if (behind.length === 0 && presenceDetected) done.push(await enable(hardware, ecam, bridge, slot));
    if (behind.length > 0 && (attentionButtonPressed || !presenceDetected)) {
      done.push({ ...NOTHING, leaving: behind, release: () => slot.powerOff() });
    }
  }
  return done;
}

/** Linux pciehp_ctrl.c: board_added(). */
async function enable(hardware: Hardware, ecam: Hpa, bridge: PciDevice, slot: HotPlugSlot): Promise<Plugged> {
  if (!(await slot.powerOn())) {
    return { ...NOTHING, log: [`pcieport ${bridge.address}: pciehp: Failed to check link status`] };
  }
  const { secondary } = BusNumbers.decode(await bridge.read(CONFIG.busNumbers));
  const added = await scanBus(hardware, ecam, secondary, bridge);
  const window = memoryWindow(await bridge.read(CONFIG.memoryWindow));
  return { ...NOTHING, added, log: await placeBars(added, window) };
}

/** Gives BARs addresses in the window that firmware has left, the largest first, and enables the devices that have all of theirs. */
async function placeBars(devices: readonly PciDevice[], window: Range): Promise<string[]> {
  const bars = await Promise.all(
    devices.map(async (device) => (await device.memoryBars()).map((bar) => ({ device, bar }))),
  );
  const log: string[] = [];
  const without = new Set<PciDevice>();
  let free = window.base;
  for (const { device, bar } of bars.flat().sort((a, b) => Number(b.bar.size - a.bar.size))) {
    const base = alignUp(free, bar.size);
    if (base + bar.size <= end(window)) {
      await device.write(CONFIG.bar0 + 4 * bar.index, Number(base));
      free = base + bar.size;
    } else {
      log.push(`pci ${device.address}: BAR ${bar.index} [mem size ${hex(bar.size)}]: can't assign; no space`);
      without.add(device);
    }
  }
  const enabled = Command.encode({ memorySpace: true, busMaster: true });
  for (const device of devices) if (!without.has(device)) await device.write(CONFIG.command, enabled);
  return log;
}

const NOTHING: Plugged = { added: [], leaving: [], release: async () => {}, log: [] };

const alignUp = (value: bigint, to: bigint): bigint => ((value + to - 1n) / to) * to;
