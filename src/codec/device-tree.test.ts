import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { captured } from './captured';
import { DecodeError } from './decode-error';
import {
  allNodes,
  DeviceTreeHeader,
  decodeDeviceTree,
  encodeDeviceTree,
  isCompatible,
  pciSpacesOf,
  rangesOf,
} from './device-tree';

const bytes = captured(join(__dirname, 'device-tree-virt.hex'));
const tree = decodeDeviceTree(bytes);
const compatible = (name: string) => allNodes(tree).filter((node) => isCompatible(node, name));

test('the device tree of virt says where RAM, fw_cfg and configuration space are', () => {
  const memory = allNodes(tree).filter(({ name }) => name.startsWith('memory@'));
  expect(memory.map(rangesOf)).toEqual([[{ base: 0x4000_0000n, size: 0x8000_0000n }]]);
  expect(compatible('qemu,fw-cfg-mmio').map(rangesOf)).toEqual([[{ base: 0x0902_0000n, size: 0x18n }]]);
  expect(compatible('pci-host-ecam-generic').map(rangesOf)).toEqual([[{ base: 0x40_1000_0000n, size: 0x1000_0000n }]]);
});

test('its PCI host bridge passes on I/O ports, and memory below and above 4G', () => {
  expect(compatible('pci-host-ecam-generic').map(pciSpacesOf)).toEqual([
    [
      { kind: 'I/O', base: 0x3eff_0000n, size: 0x1_0000n },
      { kind: 'memory of 32 bits', base: 0x1000_0000n, size: 0x2eff_0000n },
      { kind: 'memory of 64 bits', base: 0x80_0000_0000n, size: 0x80_0000_0000n },
    ],
  ]);
});

test('decoding what was encoded gives the same tree', () => {
  expect(decodeDeviceTree(encodeDeviceTree(tree))).toEqual(tree);
});

for (const [flaw, at, value] of [
  ['another magic number', 0, 0],
  ['a property that runs past the tree', DeviceTreeHeader.decode(bytes).structure + 12, 0x7f],
  ['a token that there is not', DeviceTreeHeader.decode(bytes).structure + 11, 7],
  ['no root', DeviceTreeHeader.decode(bytes).structure + 3, 9],
] as const) {
  test(`a device tree with ${flaw} is refused`, () => {
    const flawed = Buffer.from(bytes);
    flawed[at] = value;
    expect(() => decodeDeviceTree(flawed)).toThrow(DecodeError);
  });
}
