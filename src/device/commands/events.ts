/** CXL r3.1 Section 8.2.9.2: Events. */
import { EFFECT, OPCODE, RETURN_CODE } from '../../codec/cxl/mailbox/command';
import { EventInterruptPolicy, INTERRUPT_MODE } from '../../codec/cxl/mailbox/events';
import { type Command, type CommandContext, NOTHING, Refused } from './command';

/** MSI-X vector of the informational event log; those of the others follow. */
const FIRST_EVENT_VECTOR = 2;

export function eventCommands({ quirks }: CommandContext): Command[] {
  let policy = EventInterruptPolicy.encode({});

  /** A fifth byte, for dynamic capacity, may follow. */
  function setPolicy(input: Uint8Array): Uint8Array {
    if (input.length < EventInterruptPolicy.size) throw new Refused(RETURN_CODE.invalidPayloadLength);
    const modes = [...input.subarray(0, EventInterruptPolicy.size)].map((setting) => setting & INTERRUPT_MODE.mask);
    const vectors = modes.map((mode, log) => (mode === INTERRUPT_MODE.msi ? (FIRST_EVENT_VECTOR + log) << 4 : 0));
    if (!quirks.has('event-interrupt-policy-ignored')) {
      policy = Uint8Array.from(modes, (mode, log) => mode | (vectors[log] ?? 0));
    }
    return NOTHING;
  }

  return [
    { opcode: OPCODE.getEventInterruptPolicy, inputLength: 0, effects: 0, run: () => policy },
    {
      opcode: OPCODE.setEventInterruptPolicy,
      inputLength: undefined,
      effects: EFFECT.immediateConfigurationChange,
      run: setPolicy,
    },
  ];
}
