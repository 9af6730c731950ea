/** What differs between QEMU releases and is right in each: the constants that they report. What is wrong is a quirk. */
import type { RegisterChange } from '../codec/register-rows';
import { type Devices, devicesOf } from './devices';
import { machinePropertiesOf } from './machine-properties';
import { objectsOf } from './objects';
import { opcodesOf } from './opcodes';
import { type Argument, qmpCommandsOf } from './qmp-commands';
import { type RegisterFacts, registerFactsOf } from './register-facts';
import { asOf, isReleased, minorOf, nextMinor, RELEASES } from './release';

export type { CapabilityFacts, DvsecFacts, LinkFacts } from './register-facts';

export interface Facts extends RegisterFacts {
  /** Of a CFMWS: what may be put into a window. CXL r3.1 Section 9.18.1.3: CXL Fixed Memory Window Structure. */
  readonly windowRestrictions: number;
  /** How many event logs a Type 3 device has: the fifth is for dynamic capacity. */
  readonly eventLogs: number;
  /** Whether the CXL root device has a `_DSM` that tells QTG ids. CXL r3.1 Section 9.18.3. */
  readonly qtgMethod: boolean;
  /** Whether a dynamic capacity record tells how many more extents there can be. */
  readonly countsExtents: boolean;
  /** Whether the Command Register still has the opcode when the command is done. */
  readonly commandKeepsOpcode: boolean;
  /** Up to where Get Log takes the Command Effects Log to go, if it does not ask how long it is. In bytes. */
  readonly effectsLogBound: number;
  /** Of the mailbox commands of a Type 3 device. */
  readonly opcodes: readonly number[];
  /** Of a switch's mailbox. */
  readonly switchOpcodes: readonly number[];
  /** Of what a Type 3 device takes from a fabric manager. */
  readonly managedOpcodes: readonly number[];
  /** Messages to the mailbox of a switch are of up to `2 **` that many bytes. */
  readonly switchMessageSize: number;
  /** What a switch says of each of its ports alike: fields of a Port Information Block. */
  readonly switchPort: { readonly linkFlags: number };
  /** `connectedVersion` there, of ports that nothing is connected to. */
  readonly emptyPortVersion: number;
  /** `versions` there, of downstream ports. */
  readonly downstreamVersions: number;
  /** QMP's commands for CXL devices, with their arguments. */
  readonly qmpCommands: ReadonlyMap<string, ReadonlyMap<string, Argument>>;
  /** What a QEMU that is driven by QMP has below `/objects` of its own: since 11.1 a monitor is an object. */
  readonly ownObjects: readonly string[];
  /** Whether processors of a die can be grouped into modules. */
  readonly processorModules: boolean;
  /** Version of the newest machine type: `10.0`. */
  readonly machineVersion: string;
  /** Properties of machine q35. */
  readonly machineProperties: ReadonlySet<string>;
  /** Whether an unsupported machine type is named. */
  readonly namesMachineType: boolean;
  /** Whether the size of a memory backend that is a file has to be a multiple of 4 KiB. */
  readonly wholePages: boolean;
  /** That can be asked for on the command line, with their properties. */
  readonly devices: Devices;
  /** Types of `-object`. */
  readonly objects: readonly string[];
  /** What quirks make of a register of a structure, of the parts that they name. */
  readonly changeOf: (structure: string, register: string, of?: string) => RegisterChange | undefined;
}

type OwnFacts = Pick<
  Facts,
  | 'windowRestrictions'
  | 'eventLogs'
  | 'countsExtents'
  | 'commandKeepsOpcode'
  | 'effectsLogBound'
  | 'ownObjects'
  | 'wholePages'
  | 'processorModules'
  | 'namesMachineType'
  | 'qtgMethod'
  | 'switchMessageSize'
  | 'switchPort'
  | 'emptyPortVersion'
  | 'downstreamVersions'
>;

/** Of the first release that there is. */
const FIRST: OwnFacts = {
  windowRestrictions: 0x000f,
  eventLogs: 4,
  countsExtents: false,
  commandKeepsOpcode: false,
  effectsLogBound: 2048,
  ownObjects: [],
  wholePages: false,
  processorModules: false,
  namesMachineType: false,
  qtgMethod: false,
  switchMessageSize: 9,
  switchPort: { linkFlags: 0 },
  emptyPortVersion: 2,
  downstreamVersions: 2,
};

/** It precedes no other. */
const NEWEST = '99';

/** What later ones changed, in their order. */
const CHANGES: readonly { readonly from: string; readonly facts: Partial<OwnFacts> }[] = [
  { from: '8.1', facts: { eventLogs: 5 } },
  { from: '8.2', facts: { commandKeepsOpcode: true, qtgMethod: true } },
  { from: '9.1', facts: { wholePages: true, processorModules: true, namesMachineType: true } },
  { from: '9.2', facts: { effectsLogBound: 0x3_ffff } },
  { from: '10.1', facts: { countsExtents: true, switchMessageSize: 11 } },
  {
    from: '11.0',
    facts: {
      windowRestrictions: 0x002f, // back-invalidate too
      switchPort: { linkFlags: 2 },
      emptyPortVersion: 0,
      downstreamVersions: 6,
    },
  },
  { from: '11.1', facts: { ownObjects: ['qmp'] } },
];

const known = new Map<string | undefined, Facts>();

/** The facts of a release such as `10.0.13`; of the newest one unless it is given. */
export function factsOf(release?: string): Facts {
  const facts = known.get(release) ?? collected(release);
  known.set(release, facts);
  return facts;
}

/** One in development has that of the next release. */
function machineVersionOf(release = NEWEST): string {
  const known = RELEASES.includes(minorOf(release)) ? minorOf(release) : `${RELEASES.at(-1)}`;
  return isReleased(release) ? known : (nextMinor(release) ?? known);
}

const unchanged = () => undefined;

const collected = (release?: string): Facts => ({
  changeOf: unchanged,
  opcodes: opcodesOf(release),
  switchOpcodes: opcodesOf(release, 'switch'),
  managedOpcodes: opcodesOf(release, 'managed'),
  qmpCommands: qmpCommandsOf(release),
  machineVersion: machineVersionOf(release),
  machineProperties: machinePropertiesOf(release),
  devices: devicesOf(release ?? NEWEST),
  objects: objectsOf(release),
  ...registerFactsOf(release),
  ...asOf(release, FIRST, CHANGES),
});
