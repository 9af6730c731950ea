/** The Arm machine `virt`: no I/O ports, all of it in memory, a device tree. QEMU hw/arm/virt.c, hw/arm/virt-acpi-build.c. */
import { encodeXFadt } from '../../codec/acpi/fadt';
import { encodeMcfg } from '../../codec/acpi/mcfg';
import { DMA_OFFSET, DMA_SIGNATURE } from '../../codec/fw-cfg';
import { CLASS, LAYOUT } from '../../codec/pci/configuration';
import { end } from '../../codec/range';
import { FW_CFG_BASE, RAM_BASE } from '../../codec/virt';
import type { Quirks } from '../../ledger/quirks';
import type { Topology } from '../../machine/topology';
import type { Responder } from '../board/address-space';
import { ConfigSpace } from '../pci/config-space';
import type { PciFunction } from '../pci/pci-fabric';
import type { Board, Ports } from './board';
import { cedtOf } from './tables/cedt';
import { firmwareFiles } from './tables/firmware-files';
import type { FwCfg } from './tables/fw-cfg';
import { dsdt } from './tables/namespace';
import { buses, memoryIn, memoryResource, portsResource, without } from './tables/root-resources';
import type { FirstBus, TableStyle } from './tables/style';
import { deviceTree } from './virt-device-tree';
import { type VirtMemoryMap, virtMemoryMap } from './virt-memory-map';

const FW_CFG_SIZE = 0x18;

const STYLE: TableStyle = {
  root: 'XSDT',
  bridgeName: (uid) => `PC${uid.toString(16).toUpperCase().padStart(2, '0')}`,
  processor: (n) => ({ kind: 'GICC', apicId: n }),
  ramObject: 'mach-virt.ram',
  sratRevision: 3,
  hole: undefined,
  moreThanNodes: 0,
};

/** QEMU hw/pci-host/gpex.c: gpex_host_realize(): unassigned_io_ops. */
const ALL_ONES: Responder = { read: (_, length) => new Uint8Array(length).fill(0xff), write: () => {} };

export function virtBoard(topology: Topology, quirks: Quirks): Board {
  const map = virtMemoryMap(topology, quirks);
  return {
    map,
    style: STYLE,
    before: [rootComplex()],
    behind: [],
    ecam: () => map.ecam,
    onMove: () => {},
    ports: () => NO_PORTS,
    unassigned: () => [map.lowPci, map.highPci].map((range) => ({ ...range, responder: ALL_ONES })),
    inRam: [{ at: RAM_BASE, bytes: deviceTree(topology, map, quirks) }],
    mappings: (fwCfg) => [{ base: FW_CFG_BASE, size: BigInt(FW_CFG_SIZE), responder: new FwCfgRegisters(fwCfg) }],
    files: (contents, quirks, facts) => {
      const tables = () => {
        const { numa, roots } = contents();
        return [
          dsdt(map, roots, firstBus(map), STYLE, quirks, facts),
          encodeXFadt(),
          encodeMcfg(map.ecam.base),
          ...numa,
          cedtOf(map, quirks, facts),
        ];
      };
      return firmwareFiles(map, tables, STYLE, quirks);
    },
  };
}

/** QEMU hw/pci-host/gpex.c: what is at device 0 of bus 0. */
function rootComplex(): PciFunction {
  const identity = { vendorId: 0x1b36, deviceId: 0x0008, classCode: CLASS.hostBridge };
  return { device: 0, fn: 0, config: new ConfigSpace(identity, LAYOUT.endpoint, [], { conventional: true }) };
}

/** Nothing answers there. */
const NO_PORTS: Ports = {
  in8: async () => 0xff,
  in16: async () => 0xffff,
  in32: async () => 0xffff_ffff,
  out8: async () => {},
  out16: async () => {},
  out32: async () => {},
};

/** fw_cfg as memory, as far as its DMA interface goes. Registers are big-endian. */
class FwCfgRegisters implements Responder {
  readonly widest = 4;

  constructor(private readonly fwCfg: () => FwCfg) {}

  read(offset: bigint, length: number): Uint8Array {
    const whole = Buffer.alloc(FW_CFG_SIZE);
    whole.writeUInt32LE(DMA_SIGNATURE.high, DMA_OFFSET);
    whole.writeUInt32LE(DMA_SIGNATURE.low, DMA_OFFSET + 4);
    return whole.subarray(Number(offset), Number(offset) + length);
  }

  write(offset: bigint, bytes: Uint8Array): void {
    if (bytes.length !== 4) return;
    const value = Buffer.from(bytes).readUInt32BE();
    if (Number(offset) === DMA_OFFSET) this.fwCfg().writeHigh(value);
    if (Number(offset) === DMA_OFFSET + 4) this.fwCfg().writeLow(value);
  }
}

/** What the other root buses leave. QEMU hw/pci-host/gpex-acpi.c: acpi_dsdt_add_gpex(). */
const firstBus =
  ({ lowPci, highPci, pciPorts, bridges }: VirtMemoryMap): FirstBus =>
  (others) => [
    buses(0, Math.min(0x100, ...bridges.map(({ uid }) => uid)) - 1),
    ...without(memoryIn(others, 32), lowPci.base, end(lowPci)).map((range) => memoryResource(range, 32)),
    portsResource(0n, pciPorts.size - 1n, 32),
    ...without(memoryIn(others, 64), highPci.base, end(highPci)).map((range) => memoryResource(range, 64)),
  ];
