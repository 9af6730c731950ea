/** What is on bus 0 of a q35 machine, as far as software here looks at it. */
import { CLASS, LAYOUT } from '../codec/pci/configuration';
import { MCH_IDENTITY, PCIEXBAR } from '../codec/pci/q35';
import { ConfigSpace } from './config-space';
import { Media } from './media';
import type { PciFunction } from './pci-fabric';

/** QEMU hw/pci-host/q35.c: the memory controller hub, whose PCIEXBAR places ECAM. */
export function memoryControllerHub(): PciFunction {
  const identity = { vendorId: MCH_IDENTITY & 0xffff, deviceId: MCH_IDENTITY >>> 16, classCode: CLASS.hostBridge };
  const config = new ConfigSpace(identity, LAYOUT.endpoint);
  config.define(PCIEXBAR, 0, 0xf000_0007);
  config.define(PCIEXBAR + 4, 0, 0xf);
  return { device: 0, fn: 0, config };
}

/** QEMU hw/misc/pci-testdev.c: a function with a 64-bit BAR of `size` bytes, in a slot of its own. */
export function testDevice(device: number, size: bigint): PciFunction {
  const identity = { vendorId: 0x1b36, deviceId: 0x0005, classCode: 0x00ff00 };
  const bar = { index: 2, size, is64: true, prefetchable: true, responder: new Media() };
  return { device, fn: 0, config: new ConfigSpace(identity, LAYOUT.endpoint, [bar]) };
}
