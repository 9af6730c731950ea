/** The Arm machine `virt`, as EDK2 knows it: a device tree at the start of RAM says where all else is. */
import { E820_TYPE, type E820Entry } from '../../codec/acpi/e820';
import { swap32 } from '../../codec/bytes';
import {
  allNodes,
  DEVICE_TREE_MAGIC,
  type DeviceNode,
  DeviceTreeHeader,
  decodeDeviceTree,
  isCompatible,
  pciSpacesOf,
  rangesOf,
} from '../../codec/device-tree';
import { DMA_OFFSET, DMA_SIGNATURE } from '../../codec/fw-cfg';
import { end, type Range } from '../../codec/range';
import { COMPATIBLE, RAM_BASE } from '../../codec/virt';
import type { Hardware } from '../../machine/hardware';
import { FwCfg } from '../fw-cfg';
import type { Board } from './platform';

/** RAM behind the device tree, which firmware is alone in: every machine has that much. */
const SCRATCH = RAM_BASE + 0x20_0000n;

const FOUR_GIB = 1n << 32n;

export async function findVirt(hardware: Hardware): Promise<Board | undefined> {
  const { magic, structure, structureSize, strings, stringsSize } = DeviceTreeHeader.decode(
    await hardware.readBlock(RAM_BASE, DeviceTreeHeader.size),
  );
  if (magic !== DEVICE_TREE_MAGIC) return undefined;
  const length = Math.max(structure + structureSize, strings + stringsSize);
  const tree = decodeDeviceTree(await hardware.readBlock(RAM_BASE, length));
  const memoryMap = memoryMapOf(tree);
  const pci = compatible(tree, COMPATIBLE.pci);
  const [below, above] = [space(pci, 'memory of 32 bits'), space(pci, 'memory of 64 bits')];
  const [ecam] = rangesOf(pci);
  const [tables] = memoryMap;
  if (!ecam || !tables) throw new Error('the device tree has no RAM, or no configuration space');
  return {
    fwCfg: await openFwCfg(hardware, tree),
    memoryMap,
    processor: 'GICC',
    tables: end(tables) > FOUR_GIB ? { base: tables.base, size: FOUR_GIB - tables.base } : tables,
    low: { base: below.base, end: end(below) },
    above: above.base,
    openConfiguration: async () => ecam.base,
  };
}

/** fw_cfg as memory: its registers are big-endian. */
async function openFwCfg(hardware: Hardware, tree: DeviceNode): Promise<FwCfg> {
  const [registers] = rangesOf(compatible(tree, COMPATIBLE.fwCfg));
  if (!registers) throw new Error('the device tree does not say where fw_cfg is');
  const dma = registers.base + BigInt(DMA_OFFSET);
  const [high, low] = await hardware.readWords([dma, dma + 4n]);
  if (high !== DMA_SIGNATURE.high || low !== DMA_SIGNATURE.low) throw new Error('fw_cfg does not offer DMA');
  return FwCfg.open(hardware, SCRATCH, async (request) => {
    await Promise.all([hardware.write32(dma, 0), hardware.write32(dma + 4n, swap32(Number(request)))]);
  });
}

/** What EFI tells the operating system comes from there too. */
const memoryMapOf = (tree: DeviceNode): E820Entry[] =>
  allNodes(tree)
    .filter(({ properties }) => Buffer.from(properties.get('device_type') ?? []).toString() === 'memory\0')
    .flatMap(rangesOf)
    .sort((a, b) => (a.base < b.base ? -1 : 1))
    .map((range) => ({ ...range, type: E820_TYPE.RAM }));

function compatible(tree: DeviceNode, name: string): DeviceNode {
  const node = allNodes(tree).find((each) => isCompatible(each, name));
  if (!node) throw new Error(`the device tree has no ${name}`);
  return node;
}

function space(pci: DeviceNode, kind: string): Range {
  const found = pciSpacesOf(pci).find((each) => each.kind === kind);
  if (!found) throw new Error(`the device tree gives PCI no ${kind}`);
  return found;
}
