/** What is where in the configuration space of a root port: QEMU hw/pci-bridge/cxl_root_port.c, pcie_root_port.c. */
import { FlexBusControl } from '../../codec/cxl/port-dvsec';
import { ACS } from '../../codec/pci/acs';
import { AER, RootErrorStatus } from '../../codec/pci/aer';
import { EXTENDED_CAPABILITIES, ROOT_PORT } from '../../codec/pci/capability';
import { acs, aer, express, msi, subsystem } from '../pci/capabilities';
import { flexBusPort, gpfPort, portExtensions, registerLocator } from '../pci/dvsecs';
import { inARow } from '../pci/layout';
import { linkOf, type PortKind, slot } from './port-layout';

const VENDOR = 0x8086;

const SUBSYSTEM_AT = 0x40;
const MSI_AT = 0x60;
const ROOT_STATUS_AT = EXTENDED_CAPABILITIES + AER.rootStatus;
const ACS_AT = 0x148;
/** There is room for ACS in any case. */
const BEHIND_ACS = ACS_AT + ACS.size;

/** Two vectors. */
const MSI_VECTORS = 1;

export const OF_ROOT: PortKind = {
  component: 'root-port',
  powerController: true,
  identity: { vendorId: VENDOR, deviceId: 0x7075, interruptPin: 1 },
  expressAt: ({ rootPortMsi }) => (rootPortMsi ? 0x74 : 0x48), // behind MSI, if there is that
  msiAt: ({ rootPortMsi }) => (rootPortMsi ? MSI_AT : undefined),
  dealVectors: (config, vectors) =>
    config.set32(
      ROOT_STATUS_AT,
      RootErrorStatus.encode({ messageNumber: Math.min(vectors, 2) - 1 }, config.read32(ROOT_STATUS_AT)),
    ),
  link: ({ rootPortLink }) => rootPortLink,

  capabilities: (port, facts) => {
    const hasPower = port.powerController ?? true;
    const link = { ...linkOf(port, facts.rootPortLink), portNumber: port.number, downstream: true };
    const options = {
      portType: ROOT_PORT,
      link,
      forwards: true,
      reportsErrors: true,
      slot: slot(port.slot, hasPower, port.hotPlug),
    };
    return [
      subsystem(SUBSYSTEM_AT, VENDOR),
      ...(facts.rootPortMsi ? [msi(MSI_AT, MSI_VECTORS, false)] : []),
      express(OF_ROOT.expressAt(facts), options, facts),
    ];
  },

  extended: (port, facts) => [
    aer(EXTENDED_CAPABILITIES, 'root', facts),
    ...(port.accessControl === false ? [] : inARow(ACS_AT, [acs(facts)])),
    ...inARow(BEHIND_ACS, [
      ...portExtensions(facts),
      gpfPort(facts),
      flexBusPort(facts, { writable: FlexBusControl.writable, largeFlits: facts.portLargeFlits }),
      registerLocator(facts),
    ]),
  ],
};
