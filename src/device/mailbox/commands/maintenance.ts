import {
  MAINTENANCE_CLASS,
  PerformMaintenance,
  SPARING_EVENT,
  SPARING_FLAG,
  Sparing,
} from '../../../codec/cxl/mailbox/maintenance';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import { MachineCrash } from '../../../machine/crash';
import { type CommandContext, type Handlers, NOTHING, padded, Refused } from './command';

/** How many subclasses each class has. */
const SUBCLASSES: ReadonlyMap<number, number> = new Map([
  [MAINTENANCE_CLASS.nothing, 0x100],
  [MAINTENANCE_CLASS.postPackageRepair, 2],
  [MAINTENANCE_CLASS.sparing, 4],
]);

/** Of the record that tells how many spares there are. CXL r3.1 Table 8-42: the subclass of its maintenance is valid. */
const SUBCLASS_VALID = 0x40;

export function maintenanceCommands({ quirks, events }: CommandContext): Handlers {
  function perform(input: Uint8Array): Uint8Array {
    if (input.length < PerformMaintenance.size) {
      if (!quirks.has('maintenance-without-input-crashes')) throw new Refused(RETURN_CODE.invalidPayloadLength);
      if (input.length === 0) throw new MachineCrash('SIGSEGV', 'perform_maintenance');
    }
    const { class: operation, subclass } = PerformMaintenance.decode(padded(input, PerformMaintenance.size));
    const queries = isOfSpares(operation) && ((input[PerformMaintenance.size] ?? 0) & SPARING_FLAG.queryResources) > 0;
    const known = subclass < (SUBCLASSES.get(operation) ?? 0);
    const taken = known || (queries && quirks.has('spares-of-any-subclass'));
    if (taken ? quirks.has('maintenance-never') : !quirks.has('maintenance-of-any-class')) {
      throw new Refused(RETURN_CODE.invalidInput);
    }
    const told = operation === MAINTENANCE_CLASS.sparing && queries && !quirks.has('spares-untold');
    if (told) tellSpares(subclass, input.subarray(PerformMaintenance.size));
    return NOTHING;
  }

  /** There is one, whatever it would be for. */
  function tellSpares(maintenanceSubclass: number, given: Uint8Array): void {
    const whole = new Uint8Array(Sparing.size);
    whole.set(given.subarray(0, Sparing.size));
    const { flags, nibbleMask, subChannel, ...address } = Sparing.decode(whole);
    const subChannelValid = (flags & SPARING_FLAG.subChannelValid) > 0;
    events.insert(
      'informational',
      'memory sparing',
      { flags: SUBCLASS_VALID | 1, maintenanceClass: MAINTENANCE_CLASS.sparing, maintenanceSubclass },
      {
        ...address,
        sparingFlags: SPARING_EVENT.queryResources,
        sparesAvailable: 1,
        nibbleMask: flags & SPARING_FLAG.nibbleMaskValid ? nibbleMask : 0,
        subChannel: subChannelValid ? subChannel : 0,
        validity: SPARING_EVENT.addressValid | (subChannelValid ? SPARING_EVENT.subChannelValid : 0),
      },
    );
  }

  return { performMaintenance: perform };
}

const isOfSpares = (operation: number): boolean =>
  operation === MAINTENANCE_CLASS.postPackageRepair || operation === MAINTENANCE_CLASS.sparing;
