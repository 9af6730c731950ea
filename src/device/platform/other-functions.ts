/** What a machine has on bus 0 because it was asked for, as far as software here looks at it: alike on all platforms. */
import { ROOT_PORT } from '../../codec/pci/capability';
import { CLASS, Command, LAYOUT } from '../../codec/pci/configuration';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { TestDevice, Topology } from '../../machine/topology';
import type { Responder } from '../board/address-space';
import { Media } from '../board/media';
import { slot } from '../fabric/port-layout';
import { express } from '../pci/capabilities';
import { ConfigSpace } from '../pci/config-space';
import type { PciFunction } from '../pci/pci-fabric';

const CONVENTIONAL = { conventional: true };

/** A BAR with nothing in it. */
const EMPTY: Responder = { read: (_, length) => new Uint8Array(length), write: () => {} };

const PORT_EXPRESS_AT = 0x54;

/** What else is on bus 0, by id: ports in slots of their own, and functions that do nothing, on the bus or behind a port. */
export function otherFunctions({ hostBridges, pciePorts = [], testDevices }: Topology, facts: Facts, quirks: Quirks) {
  const free = 1 + hostBridges.length; // slot 0 is the board's, and each host bridge has one
  const ports = pciePorts.map(({ id }, n) => ({ id, fn: pciePort(free + n, facts, quirks) }));
  const onBus = testDevices.filter(({ port }) => port === undefined);
  const others = onBus.map((each, n) => ({ id: each.id, fn: testDevice(each, free + ports.length + n) }));
  const behind = testDevices.flatMap((each) => {
    const port = ports.find(({ id }) => id === each.port);
    if (!port) return [];
    const fn = testDevice(each, 0);
    port.fn.behind?.push(fn);
    return [{ id: each.id, fn }];
  });
  return {
    bus: [...ports, ...others].map(({ fn }) => fn),
    byId: new Map([...ports, ...others, ...behind].map(({ id, fn }) => [id, fn])),
  };
}

/** QEMU hw/misc/pci-testdev.c: without an I/O BAR, for nothing here reaches it. */
function testDevice({ bar, function: fn }: TestDevice, device: number): PciFunction {
  const identity = { vendorId: 0x1b36, deviceId: 0x0005, classCode: 0x00ff00, multiFunction: fn !== undefined };
  const bars = bar ? [{ index: 2, size: bar, is64: true, prefetchable: true, responder: EMPTY }] : [];
  return { device, fn: fn ?? 0, config: new ConfigSpace(identity, LAYOUT.endpoint, bars, CONVENTIONAL) };
}

/** QEMU hw/pci-bridge/gen_pcie_root_port.c, as far as what is behind it can be reached. */
function pciePort(device: number, facts: Facts, quirks: Quirks): PciFunction {
  const identity = { vendorId: 0x1b36, deviceId: 0x000c, classCode: CLASS.pciBridge };
  const bar = { index: 0, size: 0x1000n, is64: false, responder: new Media() };
  const config = new ConfigSpace(identity, LAYOUT.bridge, [bar]);
  const link = { ...facts.rootPortLink, portNumber: 0, downstream: true };
  const options = { portType: ROOT_PORT, link, forwards: true, reportsErrors: true, isRoot: true, slot: slot(0, true) };
  config.addCapability(express(PORT_EXPRESS_AT, options, facts, quirks));
  return { device, fn: 0, config, behind: [] };
}

/** QEMU hw/pci-bridge/pci_expander_bridge.c: `pxb-cxl`, as it is seen on the root bus. */
export function expanderBridge(device: number, { hostBridgeIdentity }: Facts, quirks: Quirks): PciFunction {
  const status = Command.encode({ conventional66MHz: true, fastBackToBack: true });
  const identity = { ...hostBridgeIdentity, classCode: CLASS.hostBridge, status };
  const scratch = () => quirks.has('unclaimed-configuration-writable');
  return { device, fn: 0, config: new ConfigSpace(identity, LAYOUT.endpoint, [], { ...CONVENTIONAL, scratch }) };
}
