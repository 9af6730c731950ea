import { GetLabelStorageArea, SetLabelStorageArea } from '../../../codec/cxl/mailbox/labels';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import { MachineCrash } from '../../../machine/crash';
import { PAYLOAD_SIZE } from '../device-registers';
import { type CommandContext, type Handlers, NOTHING, Refused } from './command';
import { overrun } from './overrun';

const WRAP = 2 ** 32;

export function labelCommands(context: CommandContext): Handlers {
  const { device, labels, quirks, atReset } = context;
  const size = Number(device.labelArea);

  function get(input: Uint8Array): Uint8Array {
    if (quirks.has('label-read-wants-no-input')) throw new Refused(RETURN_CODE.invalidPayloadLength);
    const { offset, length } = GetLabelStorageArea.decode(input);
    check(offset, length);
    if (length > PAYLOAD_SIZE) {
      if (quirks.has('label-read-beyond-payload-aborts')) throw new MachineCrash('SIGABRT', 'cxl_process_mailbox');
      if (!quirks.has('label-read-overruns-payload')) throw new Refused(RETURN_CODE.invalidInput);
    }
    const output = labels.read(BigInt(offset), length);
    overrun(context, output.subarray(PAYLOAD_SIZE));
    return output;
  }

  function put(input: Uint8Array): Uint8Array {
    if (quirks.has('labels-never-written')) throw new Refused(RETURN_CODE.invalidPayloadLength);
    if (input.length < SetLabelStorageArea.size) {
      if (quirks.has('label-write-short-input')) return NOTHING;
      throw new Refused(RETURN_CODE.invalidPayloadLength);
    }
    const { offset } = SetLabelStorageArea.decode(input);
    const data = input.subarray(SetLabelStorageArea.size);
    check(offset, data.length);
    labels.write(BigInt(offset), data);
    return NOTHING;
  }

  /** @throws Refused for what is not all in the area. */
  function check(offset: number, length: number): void {
    const end = offset + length;
    if (end >= WRAP && end % WRAP <= size && quirks.has('label-offset-wraps')) abort();
    if (length === 0 && end <= size && quirks.has('labels-of-no-length-abort')) abort();
    if (end > size && !quirks.has('label-bounds-unchecked')) throw new Refused(RETURN_CODE.invalidInput, true);
  }

  atReset.push(() => {
    if (!labels.isEmpty && quirks.has('labels-lost-at-reset')) labels.clear();
  });

  return { getLabelStorageArea: get, setLabelStorageArea: put };
}

function abort(): never {
  throw new MachineCrash('SIGABRT', 'validate_lsa_access');
}
