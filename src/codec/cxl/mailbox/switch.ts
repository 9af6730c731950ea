/** CXL r3.1 Section 7.6.7: the Fabric Manager's commands for switches. */
import { repeat, struct, u8, u16, u64 } from '../../struct';
import type { CommandRows } from './row';

/** Section 7.6.7.1.1: Identify Switch Device (Opcode 5100h). Ports and virtual switches are bits by their number. */
export const SwitchIdentity = struct('Identify Switch Device', {
  ingressPort: u8,
  reserved: u8,
  physicalPorts: u8,
  virtualSwitches: u8,
  activePorts: u64,
  activePortsFrom64: repeat(3, u64),
  activeSwitches: u64,
  activeSwitchesFrom64: repeat(3, u64),
  bridges: u16,
  boundBridges: u16,
  decoders: u8,
});

/** Section 7.6.7.1.2: Get Physical Port State (Opcode 5101h): the numbers of so many ports follow. */
const PortStatesInput = struct('Get Physical Port State', { count: u8 });
export const PortStates = struct('Get Physical Port State', { count: u8, reserved: u8, reserved2: u16 });

/** Section 7.6.7.1.2: Port Information Block. */
export const PortState = struct('Port Information Block', {
  port: u8,
  configuration: u8,
  connectedVersion: u8,
  reserved: u8,
  connectedDevice: u8,
  versions: u8,
  maximumWidth: u8,
  width: u8,
  supportedSpeeds: u8,
  maximumSpeed: u8,
  speed: u8,
  linkState: u8,
  firstLane: u8,
  linkFlags: u16,
  logicalDevices: u8,
});

/** Section 7.6.7.1.3: Physical Port Control (Opcode 5102h). */
export const PortControl = struct('Physical Port Control', { port: u8, operation: u8 });

/** PERST# of a port is asserted, and deasserted; what is at the port is reset. */
export const PORT_OPERATION = { assert: 0, deassert: 1, reset: 2 } as const;

export const PORT_CONFIGURATION = { downstream: 3, upstream: 4 } as const;
export const CONNECTED_DEVICE = { none: 0, type3: 5 } as const;
export const LINK_UP = 7;

/** Section 7.6.7.3.1: Tunnel Management Command (Opcode 5300h), and Section 7.6.3: CCI Message Format, which it carries. */
const MESSAGE = {
  category: u8,
  tag: u8,
  reservedMessage: u8,
  opcode: u16,
  payloadLength: u16,
  payloadLengthHigh: u8,
  returnCode: u16,
  vendorStatus: u16,
} as const;
export const Tunnelled = struct('Tunnel Management Command', { port: u8, targetType: u8, size: u16, ...MESSAGE });
export const TunnelledAnswer = struct('Tunnel Management Command', { size: u16, reserved: u16, ...MESSAGE });
export const TUNNEL_HEADER = 4;
export const CATEGORY = { request: 0, response: 1 } as const;

export const SWITCH_COMMANDS = {
  identifySwitchDevice: {
    opcode: 0x5100,
    since: { switch: '8.2' },
    asks: true,
    output: SwitchIdentity,
    observed: { switch: [{}] },
  },
  getPhysicalPortState: {
    opcode: 0x5101,
    since: { switch: '8.2' },
    asks: true,
    input: PortStatesInput,
    data: { bytes: 3 },
    output: PortStates,
    entry: PortState,
    values: { configuration: PORT_CONFIGURATION, connectedDevice: CONNECTED_DEVICE, linkState: { up: LINK_UP } },
    refusals: ['invalidInput'],
    drawn: { count: 3 },
  },
  physicalPortControl: {
    opcode: 0x5102,
    since: { switch: '11.0' },
    input: PortControl,
    values: { operation: PORT_OPERATION },
    refusals: ['invalidInput', 'internalError'],
    drawn: { operation: PORT_OPERATION.reset }, // else PERST# stays asserted for a time that two machines do not share
  },
  tunnelManagementCommand: {
    opcode: 0x5300,
    since: { switch: '8.2', managed: '8.2' },
    input: Tunnelled,
    data: { bytes: 0 },
    output: TunnelledAnswer,
    values: { category: CATEGORY },
    refusals: ['invalidInput'],
    drawn: {
      targetType: 0,
      size: Tunnelled.size - TUNNEL_HEADER,
      category: CATEGORY.request,
      payloadLength: 0,
      payloadLengthHigh: 0,
      returnCode: 0,
      vendorStatus: 0,
    },
  },
} as const satisfies CommandRows;
