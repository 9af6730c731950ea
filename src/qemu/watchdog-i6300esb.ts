/** A watchdog on the PCI bus, for machines without ISA. QEMU hw/watchdog/wdt_i6300esb.c. */
import { allNodes, DeviceTreeHeader, decodeDeviceTree, isCompatible, rangesOf } from '../codec/device-tree';
import { CONFIG, ecamOffset } from '../codec/pci/configuration';
import { hex } from '../codec/range';
import { COMPATIBLE, RAM_BASE } from '../codec/virt';
import type { Qtest } from './qtest';
import type { Watchdog } from './watchdog';

/** Where nothing else is. */
const DEVICE = 0x1e;

/** Registers in configuration space: no interrupt when the first timer has expired; enable. */
const CONFIGURATION = { at: 0x60, noInterrupt: 3 } as const;
const LOCK = { at: 0x68, enable: 2 } as const;

/** In memory: two timers, one after the other, each of which can be written after these two words. */
const [TIMER1, TIMER2, RELOAD] = [0x0n, 0x4n, 0xcn];
const UNLOCK = [0x80, 0x86] as const;

/** Of a timer, in nanoseconds. */
const TICK = 32_768 * 30;

/** It has 20 bits. */
const LONGEST = 1024;

export const I6300ESB: Watchdog = {
  device: 'i6300esb',
  option: `i6300esb,bus=pcie.0,addr=${DEVICE.toString(16)}`,
  step: 1,
  longest: LONGEST,
  set: async (qtest, seconds) => {
    const configuration = (await ecam(qtest)) + ecamOffset({ bus: 0, device: DEVICE, fn: 0 }, 0);
    const bar = BigInt(await qtest.command(`readl ${hex(configuration + BigInt(CONFIG.bar0))}`)) & ~0xfn;
    const ticks = Math.ceil((seconds * 1e9) / TICK);
    for (const [timer, value] of [
      [TIMER1, ticks],
      [TIMER2, 1],
    ] as const) {
      for (const word of UNLOCK) await qtest.command(`writel ${hex(bar + RELOAD)} ${word}`);
      await qtest.command(`writel ${hex(bar + timer)} ${value}`);
    }
    await qtest.command(`writew ${hex(configuration + BigInt(CONFIGURATION.at))} ${CONFIGURATION.noInterrupt}`);
    await qtest.command(`writeb ${hex(configuration + BigInt(LOCK.at))} 0`);
    await qtest.command(`writeb ${hex(configuration + BigInt(LOCK.at))} ${LOCK.enable}`);
  },
};

/** Where configuration space is: the device tree says so. */
async function ecam(qtest: Qtest): Promise<bigint> {
  const read = async (length: number) =>
    Buffer.from(await qtest.command(`b64read ${hex(RAM_BASE)} ${length}`), 'base64');
  const { structure, structureSize, strings, stringsSize } = DeviceTreeHeader.decode(await read(DeviceTreeHeader.size));
  const tree = decodeDeviceTree(await read(Math.max(structure + structureSize, strings + stringsSize)));
  const [range] = allNodes(tree)
    .filter((node) => isCompatible(node, COMPATIBLE.pci))
    .flatMap(rangesOf);
  if (!range) throw new RangeError('the device tree does not say where configuration space is');
  return range.base;
}
