import { BackgroundOperationStatus, COMPONENT_TYPE, ComponentIdentity } from '../../codec/cxl/mailbox/information';
import { RETURN_CODE } from '../../codec/cxl/mailbox/return-code';
import {
  CONNECTED_DEVICE,
  LINK_UP,
  PORT_CONFIGURATION,
  PortState,
  PortStates,
  SwitchIdentity,
} from '../../codec/cxl/mailbox/switch';
import { MachineCrash, Overrun } from '../../machine/crash';
import { abortCommands } from '../mailbox/commands/abort';
import { type Command, Refused } from '../mailbox/commands/command';
import { tableOf } from '../mailbox/commands/command-table';
import { logCommands } from '../mailbox/commands/logs';
import { timestampCommands } from '../mailbox/commands/timestamp';
import { tunnelCommand } from '../mailbox/commands/tunnel';
import type { DownstreamPort } from './downstream-port';
import { portControlCommand } from './port-control';
import type { SwitchContext } from './switch-context';
import { UPSTREAM_IDENTITY } from './switch-layout';

const DECODERS = 4;
/** What QEMU takes for a serial number that was not given. */
const NO_SERIAL = 0xffff_ffff_ffff_ffffn;
const WHOLE_LIST = 1;

/** CXL r3.1 Table 7-19: Connected CXL Version: of devices with flits of 68 bytes, and with those of 256. */
const VERSION = { flits68: 2, flits256: 3 } as const;
/** Of an upstream port. */
const UPSTREAM_VERSIONS = 2;

export function switchCommands(context: SwitchContext): ReadonlyMap<number, Command> {
  const { description, ports, background, facts, quirks } = context;
  const upstream = description.port ?? 0;

  function identify(): Uint8Array {
    const { vendorId, deviceId } = UPSTREAM_IDENTITY;
    return ComponentIdentity.encode({
      vendorId,
      deviceId,
      serialNumber: quirks.has('switch-without-serial') ? 0n : (description.serial ?? NO_SERIAL),
      maximumMessageSize: facts.switchMessageSize,
      componentType: COMPONENT_TYPE.switch,
    });
  }

  const status = () => BackgroundOperationStatus.encode({ opcode: background.opcode, returnCode: background.code });

  function identifySwitch(): Uint8Array {
    const numbers = [upstream, ...ports.map(({ number }) => number)];
    const count = quirks.has('switch-forgets-upstream-port') ? ports.length : numbers.length;
    return SwitchIdentity.encode({
      physicalPorts: count,
      virtualSwitches: 1,
      activeSwitches: 1n,
      activePorts: numbers.reduce((bits, n) => bits | (1n << BigInt(n)), 0n),
      bridges: numbers.length,
      boundBridges: numbers.length,
      decoders: DECODERS,
    });
  }

  function portStates(input: Uint8Array): Uint8Array {
    const [count, ...listed] = input;
    if (count === undefined) throw new Refused(RETURN_CODE.invalidPayloadLength);
    if (listed.length < count) {
      if (quirks.has('port-list-unbounded')) throw new Overrun('port-list-unbounded');
      throw new Refused(RETURN_CODE.invalidPayloadLength);
    }
    const asked = quirks.has('port-list-cut-short') ? listed.slice(0, WHOLE_LIST) : listed.slice(0, count);
    const states = asked.map(stateOf);
    return Buffer.concat([PortStates.encode({ count: states.length }), ...states]);
  }

  /** @throws Refused */
  function stateOf(port: number): Uint8Array {
    const below = ports.find(({ number }) => number === port);
    if (!below && port !== upstream && !quirks.has('unknown-port-has-state')) {
      throw new Refused(RETURN_CODE.invalidInput);
    }
    const filled = below?.plugged !== undefined && !quirks.has('ports-always-empty');
    const able = below?.able ?? facts.deviceLink;
    const { speed, width } = quirks.has('port-link-of-port-alone') ? able : (below?.link ?? able);
    return PortState.encode({
      port,
      configuration: below ? PORT_CONFIGURATION.downstream : PORT_CONFIGURATION.upstream,
      ...facts.switchPort,
      versions: below ? facts.downstreamVersions : UPSTREAM_VERSIONS,
      connectedDevice: filled ? CONNECTED_DEVICE.type3 : CONNECTED_DEVICE.none,
      connectedVersion: filled ? versionAt(below) : facts.emptyPortVersion,
      maximumWidth: able.width,
      width,
      supportedSpeeds: 2 ** able.speed - 1,
      maximumSpeed: able.speed,
      speed,
      linkState: LINK_UP,
      logicalDevices: below ? 3 : 0,
    });
  }

  function versionAt(port: DownstreamPort): number {
    const version = port.hasLargeFlits ? VERSION.flits256 : VERSION.flits68;
    port.lookAtLink();
    return version;
  }

  const managedAt = (port: number) =>
    ports.find(({ device, plugged }) => plugged && (device === port || quirks.has('tunnel-leads-elsewhere')))?.plugged
      ?.managed;

  const timestampAborts = (): never => {
    throw new MachineCrash('SIGABRT', 'CXL_TYPE3: not an instance');
  };
  const timestamps = quirks.has('switch-timestamp-aborts')
    ? { getTimestamp: timestampAborts, setTimestamp: timestampAborts }
    : timestampCommands(context);
  const handlers = {
    identify,
    backgroundOperationStatus: status,
    ...abortCommands(context),
    ...timestamps,
    ...logCommands(context, () => [...table.values()]),
    identifySwitchDevice: identifySwitch,
    getPhysicalPortState: portStates,
    ...portControlCommand(context),
    ...tunnelCommand(managedAt, quirks),
  };
  const table = tableOf(handlers, facts.switchOpcodes, quirks);
  return table;
}
