/** What a machine has on bus 0 because it was asked for, as far as software here looks at it: alike on all platforms. */
import { ROOT_PORT } from '../../codec/pci/capability';
import { CLASS, Command, LAYOUT } from '../../codec/pci/configuration';
import type { Facts } from '../../ledger/facts';
import { functionFactsOf } from '../../ledger/pci-functions';
import type { OtherFunction, PciPlace, TestDevice, Topology } from '../../machine/topology';
import type { Responder } from '../board/address-space';
import { Media } from '../board/media';
import { slot } from '../fabric/port-layout';
import { express } from '../pci/capabilities';
import { ConfigSpace } from '../pci/config-space';
import type { PciFunction } from '../pci/pci-fabric';

const ROOT = 'pcie.0';

const CONVENTIONAL = { conventional: true };

/** A BAR with nothing in it. */
const EMPTY: Responder = { read: (_, length) => new Uint8Array(length), write: () => {} };

const PORT_EXPRESS_AT = 0x54;

/** PCI functions that have no part in CXL: those on bus 0, by the id of the bridge those elsewhere, and all by id. */
export interface OtherFunctions {
  readonly bus: PciFunction[];
  readonly behind: ReadonlyMap<string, PciFunction[]>;
  readonly byId: ReadonlyMap<string, PciFunction>;
}

/** Each in the slot that the topology gives it, or else in the next one behind the host bridges. */
export function otherFunctions(topology: Topology, facts: Facts): OtherFunctions {
  const { hostBridges, pciePorts = [], testDevices, others = [] } = topology;
  const free = 1 + hostBridges.length; // slot 0 is the hub's, and each host bridge has one
  const usual = (slot: number, place?: PciPlace) => place ?? { device: slot, fn: 0 };
  const onBus = testDevices.filter(({ port }) => port === undefined);
  const all = [
    ...pciePorts.map(({ id, place }, n) => ({ id, bus: ROOT, fn: pciePort(usual(free + n, place), facts) })),
    ...testDevices.map((each) => {
      const slot = each.port === undefined ? free + pciePorts.length + onBus.indexOf(each) : 0;
      return { id: each.id, bus: each.port ?? ROOT, fn: testDevice(each, usual(slot, each.place)) };
    }),
    ...others.map((each) => ({ id: each.id, bus: each.bus, fn: otherFunction(each) })),
  ];
  const byId = new Map(all.map(({ id, fn }) => [id, fn]));
  const behind = new Map<string, PciFunction[]>();
  for (const { bus, fn } of all) {
    const bridge = byId.get(bus)?.behind;
    if (bridge) bridge.push(fn);
    else if (bus !== ROOT) behind.set(bus, [...(behind.get(bus) ?? []), fn]);
  }
  return { bus: all.filter(({ bus }) => bus === ROOT).map(({ fn }) => fn), behind, byId };
}

/** As much of it as takes room: its slot, its BARs, and the bus behind it. */
function otherFunction({ driver, place, multiFunction, memory }: OtherFunction): PciFunction {
  const { bars = [], isBridge = false } = functionFactsOf(driver) ?? {};
  const classCode = isBridge ? CLASS.pciBridge : 0x00ff00;
  const identity = { vendorId: 0x1af4, deviceId: 0x1000, classCode, ...(multiFunction && { multiFunction }) };
  const shared = memory === undefined ? [] : [{ index: 2, size: memory, is64: true, prefetchable: true }];
  const all = [...bars, ...shared].map((bar) => ({ ...bar, responder: EMPTY }));
  const config = new ConfigSpace(identity, isBridge ? LAYOUT.bridge : LAYOUT.endpoint, all, CONVENTIONAL);
  return { ...place, config, ...(isBridge && { behind: [] }) };
}

/** QEMU hw/misc/pci-testdev.c: without an I/O BAR, for nothing here reaches it. */
function testDevice({ bar, function: fn }: TestDevice, place: PciPlace): PciFunction {
  const identity = { vendorId: 0x1b36, deviceId: 0x0005, classCode: 0x00ff00, multiFunction: fn !== undefined };
  const bars = bar ? [{ index: 2, size: bar, is64: true, prefetchable: true, responder: EMPTY }] : [];
  const config = new ConfigSpace(identity, LAYOUT.endpoint, bars, CONVENTIONAL);
  return { ...place, ...(fn !== undefined && { fn }), config };
}

/** QEMU hw/pci-bridge/gen_pcie_root_port.c, as far as what is behind it can be reached. */
function pciePort(place: PciPlace, facts: Facts): PciFunction {
  const identity = { vendorId: 0x1b36, deviceId: 0x000c, classCode: CLASS.pciBridge };
  const bar = { index: 0, size: 0x1000n, is64: false, responder: new Media() };
  const config = new ConfigSpace(identity, LAYOUT.bridge, [bar]);
  const link = { ...facts.rootPortLink, portNumber: 0, downstream: true };
  const options = { portType: ROOT_PORT, link, forwards: true, reportsErrors: true, slot: slot(0, true) };
  config.addCapability(express(PORT_EXPRESS_AT, options, facts));
  return { ...place, config, behind: [] };
}

/** QEMU hw/pci-bridge/pci_expander_bridge.c: `pxb-cxl`, as it is seen on the root bus. */
export function expanderBridge(place: PciPlace, facts: Facts): PciFunction {
  const status = Command.encode({ conventional66MHz: true, fastBackToBack: true });
  const identity = { ...facts.hostBridgeIdentity, classCode: CLASS.hostBridge, status };
  return { ...place, config: new ConfigSpace(identity, LAYOUT.endpoint, [], { ...CONVENTIONAL, facts }) };
}
