/** The device tree of `virt`, as far as firmware here looks into it. QEMU hw/arm/boot.c: fdt_add_memory_nodes(), hw/arm/virt.c: create_pcie(). */
import { type DeviceNode, encodeDeviceTree, encodePciSpaces, regOf } from '../../codec/device-tree';
import type { Range } from '../../codec/range';
import { COMPATIBLE, FW_CFG_BASE } from '../../codec/virt';
import type { Quirks } from '../../ledger/quirks';
import type { Topology } from '../../machine/topology';
import type { VirtMemoryMap } from './virt-memory-map';

const FOUR_GIB = 1n << 32n;

export function deviceTree({ numa }: Topology, map: VirtMemoryMap, quirks: Quirks): Uint8Array {
  const nodes = (numa?.nodes ?? []).filter(({ ram }) => ram > 0n);
  let base = map.ram[0]?.base ?? 0n;
  const byNode = nodes.map(({ ram: size }) => {
    base += size;
    return { base: base - size, size };
  });
  const ram = byNode.length > 0 ? byNode : map.ram;
  const windows = quirks.has('device-tree-lists-cfmws') ? map.windows.map(({ window }) => window) : [];
  const listed = quirks.has('device-tree-forgets-ram') ? ram.map(below4G) : ram;
  return encodeDeviceTree(
    node('', {}, [
      ...[...listed, ...windows].map((range) =>
        node(unit('memory', range), { device_type: text('memory'), reg: regOf(range) }),
      ),
      node(unit('fw-cfg', { base: FW_CFG_BASE }), {
        compatible: text(COMPATIBLE.fwCfg),
        reg: regOf({ base: FW_CFG_BASE, size: 0x18n }),
      }),
      node(unit('pcie', map.lowPci), {
        compatible: text(COMPATIBLE.pci),
        reg: regOf(map.ecam),
        ranges: encodePciSpaces([
          { kind: 'I/O', ...map.pciPorts },
          { kind: 'memory of 32 bits', ...map.lowPci },
          { kind: 'memory of 64 bits', ...map.highPci },
        ]),
      }),
    ]),
  );
}

const node = (
  name: string,
  properties: Record<string, Uint8Array>,
  children: readonly DeviceNode[] = [],
): DeviceNode => ({
  name,
  properties: new Map(Object.entries(properties)),
  children,
});

/** RAM that has any below 4 GiB, without the rest of it. */
const below4G = ({ base, size }: Range): Range => ({ base, size: base + size > FOUR_GIB ? FOUR_GIB - base : size });

const unit = (name: string, { base }: Pick<Range, 'base'>): string => `${name}@${base.toString(16)}`;

const text = (value: string): Uint8Array => Buffer.from(`${value}\0`, 'latin1');
