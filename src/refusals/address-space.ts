/** Whether processors can address it all: QEMU hw/i386/pc.c: pc_memory_init(), pc_max_used_gpa(). */

import { PCI_ROOM, q35MemoryMap } from '../device/platform/q35-memory-map';
import { said } from '../options/line';
import { parseHotplug, parseRam, parseWindows } from '../options/parse';
import { type Request, refuse } from './refuse';
import { isOn } from './values';

/** Of TCG's processors, those of 32 bits apart. */
const DEFAULT_BITS = 40;
const OF_32_BITS = /^(qemu32|kvm32|486|pentium|athlon|coreduo|n270)/;

const NO_DEVICES = { hostBridges: [], type3s: [], testDevices: [] };

/** @throws Refusal */
export function checkAddressSpace({ line, quirks }: Request): void {
  if (OF_32_BITS.test(said(line.processor, 'model') ?? '')) return;
  if (!/q35/.test(said(line.machine, 'type') ?? '') || !isOn(said(line.machine, 'cxl'))) return;
  const bits = Number(said(line.processor, 'phys-bits') ?? DEFAULT_BITS);
  const windows = parseWindows(line).map((window) => ({ ...window, targets: [] }));
  const hotplug = parseHotplug(line);
  const bare = { ram: parseRam(line), processors: 1, ...(hotplug && { hotplug }), ...NO_DEVICES, windows };
  const { reservedEnd } = q35MemoryMap(bare, quirks);
  const [limit, last] = [(1n << BigInt(bits)) - 1n, reservedEnd + PCI_ROOM - 1n];
  if (limit < last) {
    refuse(`Address space limit 0x${limit.toString(16)} < 0x${last.toString(16)} phys-bits too low (${bits})`);
  }
}
