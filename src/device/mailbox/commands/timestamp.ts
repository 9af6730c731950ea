/** CXL r3.1 Section 8.2.9.4: Timestamp. */
import { EFFECT, OPCODE } from '../../../codec/cxl/mailbox/command';
import { Timestamp } from '../../../codec/cxl/mailbox/timestamp';
import { type Command, type CommandContext, NOTHING } from './command';

type TimestampContext = Pick<CommandContext, 'timestamp' | 'quirks' | 'atReset'>;

export function timestampCommands({ timestamp, quirks, atReset }: TimestampContext): Command[] {
  let last = 0n;

  function get(): Uint8Array {
    return Timestamp.encode({ timestamp: quirks.has('timestamp-stands-still') ? last : timestamp.now });
  }

  function set(input: Uint8Array): Uint8Array {
    last = Timestamp.decode(input).timestamp;
    if (!quirks.has('timestamp-never-set')) timestamp.set(last);
    return NOTHING;
  }

  atReset.push(() => {
    if (timestamp.now > 0n && quirks.has('timestamp-lost-at-reset')) timestamp.set(0n);
  });

  return [
    {
      opcode: OPCODE.getTimestamp,
      inputLength: quirks.has('timestamp-wants-input') ? Timestamp.size : 0,
      effects: 0,
      run: get,
    },
    { opcode: OPCODE.setTimestamp, inputLength: Timestamp.size, effects: EFFECT.immediatePolicyChange, run: set },
  ];
}
