import { ENDPOINT, EXTENDED_CAPABILITIES } from '../../codec/pci/capability';
import { CLASS, LAYOUT } from '../../codec/pci/configuration';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { Switch } from '../../machine/topology';
import type { VirtualClock } from '../board/clock';
import { Background } from '../mailbox/background';
import { DeviceRegisters } from '../mailbox/device-registers';
import { Commands } from '../mailbox/mailbox';
import { Timestamp } from '../mailbox/timestamp';
import { express } from '../pci/capabilities';
import { told } from '../pci/config-header';
import { ConfigSpace } from '../pci/config-space';
import { mailboxLocator } from '../pci/dvsecs';
import { inARow } from '../pci/layout';
import type { PciFunction } from '../pci/pci-fabric';
import type { DownstreamPort } from './downstream-port';
import { switchCommands } from './switch-commands';

const IDENTITY = { vendorId: 0x19e5, deviceId: 0xa123, classCode: CLASS.switchMailbox };
const BAR = 0;
const EXPRESS_AT = 0x80;
const LINK = { speed: 1, width: 1 };
const BACKGROUND_VECTOR = 3;
const NO_EVENTS = { status: () => 0 };

/** The function beside a switch's upstream port by which the switch is managed. QEMU hw/cxl/switch-mailbox-cci.c. */
export class SwitchMailbox implements PciFunction {
  readonly device = 0;
  readonly fn = 1;
  readonly config: ConfigSpace;
  readonly #commands: Commands;
  readonly #registers: DeviceRegisters;

  constructor(
    description: Switch,
    ports: readonly DownstreamPort[],
    facts: Facts,
    quirks: Quirks,
    clock: VirtualClock,
    resetPort: (port: number) => void,
  ) {
    const [background, timestamp] = [new Background(clock, quirks), new Timestamp(clock)];
    const common = { background, state: { mediaDisabled: false }, atReset: [], quirks, facts };
    this.#commands = new Commands(
      common,
      switchCommands({ ...common, description, ports, timestamp, clock, resetPort }),
    );
    const { deviceStatusVersion, changeOf } = facts;
    const registerFacts = { deviceStatusVersion, changeOf, backgroundVector: BACKGROUND_VECTOR };
    this.#registers = new DeviceRegisters(this.#commands, NO_EVENTS, registerFacts, quirks);
    const bar = { index: BAR, size: 0x1000n, is64: true, responder: this.#registers };
    this.config = new ConfigSpace(told(IDENTITY, facts), LAYOUT.endpoint, [bar], { facts });
    const options = { portType: ENDPOINT, link: LINK, forwards: false, reportsErrors: false };
    this.config.addCapability(express(EXPRESS_AT, options, facts));
    for (const capability of inARow(EXTENDED_CAPABILITIES, [mailboxLocator(facts, BAR)]))
      this.config.addExtended(capability);
  }

  reset(): void {
    this.config.reset();
    this.#commands.reset();
    this.#registers.reset();
  }
}
