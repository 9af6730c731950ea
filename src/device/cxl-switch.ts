import { BLOCK_ID, CXL_VENDOR, DVSEC_ID, REGISTER_LOCATOR, RegisterBlockLow } from '../codec/cxl/dvsec';
import {
  DVSEC,
  DvsecHeader1,
  DvsecHeader2,
  EXTENDED_CAPABILITIES,
  EXTENDED_ID,
  ExpressCapabilities,
  LinkCapabilities,
  PCI_EXPRESS,
  SERIAL_NUMBER,
  UPSTREAM_PORT,
} from '../codec/pci/capability';
import { CLASS, LAYOUT } from '../codec/pci/configuration';
import { DOE } from '../codec/pci/doe';
import type { Quirks } from '../ledger/quirks';
import type { Switch } from '../machine/topology';
import { tableAccess } from './cdat';
import { type Component, component } from './component';
import { ConfigSpace } from './config-space';
import { DoeMailbox } from './doe';
import { DownstreamPort, OF_SWITCH, type Pluggable } from './downstream-port';
import { BRIDGE } from './hdm-decoders';
import type { PciFunction } from './pci-fabric';
import { routed } from './routing';
import { switchCdat } from './switch-cdat';
import type { Type3Device } from './type3';

/** Where QEMU has them, from 9.0 on. */
const AT = { express: 0x90, serialNumber: 0x148, locator: 0x1a0, doe: 0x1c0 } as const;
const LOCATOR_SIZE = 0x24;
const COMPONENT_BAR = 0;

/** A switch: its upstream port, the decoders in it, and the downstream ports. QEMU hw/pci-bridge/cxl_upstream.c. */
export class CxlSwitch implements Pluggable {
  readonly id: string;
  readonly ports: readonly DownstreamPort[];
  readonly config: ConfigSpace;
  readonly functions: readonly PciFunction[];
  readonly #component: Component;
  readonly #doe: DoeMailbox;

  constructor(description: Switch, quirks: Quirks) {
    this.id = description.id;
    this.ports = description.downstreamPorts.map((id, n) => new DownstreamPort(id, OF_SWITCH, n, quirks));
    this.#component = component(BRIDGE, quirks);
    this.#doe = new DoeMailbox([tableAccess(switchCdat(this.ports.length, quirks))]);
    const identity = { vendorId: 0x19e5, deviceId: 0xa128, classCode: CLASS.pciBridge };
    const bar = { index: COMPONENT_BAR, size: 0x1_0000n, is64: true, responder: this.#component.registers };
    this.config = new ConfigSpace(identity, LAYOUT.bridge, [bar]);
    this.functions = [{ device: 0, fn: 0, config: this.config, behind: [...this.ports] }];
    this.#defineCapabilities(description);
  }

  route(address: bigint): Type3Device | undefined {
    return routed(this.#component, this.ports, address);
  }

  /** Devices in its slots are reset too. */
  reset(): void {
    this.config.reset();
    this.#component.registers.reset();
    this.#doe.reset();
    for (const port of this.ports) port.reset();
  }

  #defineCapabilities({ port = 0, serial }: Switch): void {
    const { config } = this;
    const header = ExpressCapabilities.encode({ version: 2, portType: UPSTREAM_PORT });
    config.addCapability(PCI_EXPRESS.id, AT.express, { header });
    config.define(AT.express + PCI_EXPRESS.linkCapabilities, LinkCapabilities.encode({ portNumber: port }));
    config.addExtended(EXTENDED_ID.aer, 2, EXTENDED_CAPABILITIES);
    if (serial !== undefined) {
      config.addExtended(EXTENDED_ID.serialNumber, 1, AT.serialNumber);
      config.define(AT.serialNumber + SERIAL_NUMBER.low, Number(serial & 0xffff_ffffn));
      config.define(AT.serialNumber + SERIAL_NUMBER.high, Number(serial >> 32n));
    }
    config.addExtended(EXTENDED_ID.dvsec, 1, AT.locator);
    config.define(AT.locator + DVSEC.header1, DvsecHeader1.encode({ vendorId: CXL_VENDOR, length: LOCATOR_SIZE }));
    config.define(AT.locator + DVSEC.header2, DvsecHeader2.encode({ id: DVSEC_ID.registerLocator }));
    const block = RegisterBlockLow.encode({ bar: COMPONENT_BAR, id: BLOCK_ID.component });
    config.define(AT.locator + REGISTER_LOCATOR.firstBlock, block);
    config.addExtended(EXTENDED_ID.doe, 1, AT.doe);
    config.delegate(AT.doe, DOE.size, this.#doe);
  }
}
