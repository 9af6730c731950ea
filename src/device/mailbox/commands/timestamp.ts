import { Timestamp } from '../../../codec/cxl/mailbox/timestamp';
import { type CommandContext, type Handlers, NOTHING } from './command';

type TimestampContext = Pick<CommandContext, 'timestamp' | 'quirks' | 'atReset'>;

export function timestampCommands({ timestamp, quirks, atReset }: TimestampContext): Handlers {
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

  return {
    getTimestamp: quirks.has('timestamp-wants-input') ? { run: get, inputLength: Timestamp.size } : get,
    setTimestamp: set,
  };
}
