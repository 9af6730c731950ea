/** CXL r3.2 Section 8.2.10.7.1: Perform Maintenance (Opcode 0600h): it is accepted, and there is nothing to repair. */
import { EFFECT, OPCODE, RETURN_CODE } from '../../codec/cxl/mailbox/command';
import { MAINTENANCE_CLASS, PerformMaintenance } from '../../codec/cxl/mailbox/maintenance';
import { MachineCrash } from '../../machine/crash';
import { type Command, type CommandContext, NOTHING, Refused } from './command';

/** How many subclasses each class has. */
const SUBCLASSES: ReadonlyMap<number, number> = new Map([
  [MAINTENANCE_CLASS.nothing, 0x100],
  [MAINTENANCE_CLASS.postPackageRepair, 2],
  [MAINTENANCE_CLASS.sparing, 4],
]);

export function maintenanceCommands({ quirks }: CommandContext): Command[] {
  function perform(input: Uint8Array): Uint8Array {
    if (input.length < PerformMaintenance.size) {
      if (quirks.has('maintenance-without-input-crashes')) throw new MachineCrash('SIGSEGV', 'perform_maintenance');
      throw new Refused(RETURN_CODE.invalidPayloadLength);
    }
    const { class: operation, subclass } = PerformMaintenance.decode(input);
    const known = subclass < (SUBCLASSES.get(operation) ?? 0);
    if (known ? quirks.has('maintenance-never') : !quirks.has('maintenance-of-any-class')) {
      throw new Refused(RETURN_CODE.invalidInput);
    }
    return NOTHING;
  }

  const { immediateConfigurationChange, immediateDataChange, immediateLogChange, backgroundOperation } = EFFECT;
  return [
    {
      opcode: OPCODE.performMaintenance,
      inputLength: undefined,
      effects: immediateConfigurationChange | immediateDataChange | immediateLogChange | backgroundOperation,
      run: perform,
    },
  ];
}
