/** What is on bus 0 of every q35 machine, as far as software here looks at it. */
import { CLASS, LAYOUT } from '../../codec/pci/configuration';
import { MCH_IDENTITY, PCIEXBAR } from '../../codec/pci/q35';
import { Media } from '../board/media';
import { ConfigSpace } from '../pci/config-space';
import type { PciFunction } from '../pci/pci-fabric';

const CONVENTIONAL = { conventional: true };

const SOUTH_BRIDGE = 0x1f;

/** QEMU hw/pci-host/q35.c: the memory controller hub, whose PCIEXBAR places ECAM. */
export function memoryControllerHub(): PciFunction {
  const identity = { vendorId: MCH_IDENTITY & 0xffff, deviceId: MCH_IDENTITY >>> 16, classCode: CLASS.hostBridge };
  const config = new ConfigSpace(identity, LAYOUT.endpoint, [], CONVENTIONAL);
  config.define([
    { at: PCIEXBAR, writable: 0xf000_0007 },
    { at: PCIEXBAR + 4, writable: 0xf },
  ]);
  return { device: 0, fn: 0, config };
}

/** QEMU hw/isa/lpc_ich9.c, hw/ide/ich.c, hw/i2c/smbus_ich9.c: what else is on every root bus; SATA takes addresses. */
export function southBridge(): PciFunction[] {
  const sata = { index: 5, size: 4096n, is64: false, responder: new Media() };
  const functions = [
    { fn: 0, deviceId: 0x2918, classCode: 0x060100, bars: [] },
    { fn: 2, deviceId: 0x2922, classCode: 0x010601, bars: [sata] },
    { fn: 3, deviceId: 0x2930, classCode: 0x0c0500, bars: [] },
  ];
  return functions.map(({ fn, deviceId, classCode, bars }) => {
    const identity = { vendorId: 0x8086, deviceId, classCode, revision: 2, multiFunction: true };
    return { device: SOUTH_BRIDGE, fn, config: new ConfigSpace(identity, LAYOUT.endpoint, bars, CONVENTIONAL) };
  });
}
