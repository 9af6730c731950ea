import { GetLabelStorageArea, SetLabelStorageArea } from '../../../codec/cxl/mailbox/labels';
import { RETURN_CODE } from '../../../codec/cxl/mailbox/return-code';
import { overlap } from '../../../codec/range';
import { MachineCrash, Overrun } from '../../../machine/crash';
import { PAYLOAD_SIZE } from '../payload-size';
import { type CommandContext, type Handlers, NOTHING, padded, Refused } from './command';
import { overrun } from './overrun';

const WRAP = 2 ** 32;
const LENGTHS_IN_16_BITS = 2 ** 16;

export function labelCommands(context: CommandContext): Handlers {
  const { device, labels, quirks, atReset } = context;
  const size = Number(device.labelArea);
  /** Which labels Set LSA has taken from behind the mailbox. */
  let foreign = { base: 0n, size: 0n };

  function get(input: Uint8Array): Uint8Array {
    if (quirks.has('label-read-wants-no-input')) throw new Refused(RETURN_CODE.invalidPayloadLength);
    const { offset, length } = GetLabelStorageArea.decode(input);
    check(offset, length);
    if (length > PAYLOAD_SIZE) {
      if (quirks.has('label-read-beyond-payload-aborts')) throw new MachineCrash('SIGABRT', 'cxl_process_mailbox');
      if (!quirks.has('label-read-overruns-payload')) throw new Refused(RETURN_CODE.invalidInput);
    }
    if (overlap(foreign, { base: BigInt(offset), size: BigInt(length) }))
      throw new Overrun('payload-read-behind-mailbox');
    const output = labels.read(BigInt(offset), length);
    overrun(context, output.subarray(PAYLOAD_SIZE));
    return output;
  }

  function put(input: Uint8Array): Uint8Array {
    if (quirks.has('labels-never-written')) throw new Refused(RETURN_CODE.invalidPayloadLength);
    if (input.length < SetLabelStorageArea.size) {
      if (quirks.has('label-write-short-input')) return putShort(input);
      throw new Refused(RETURN_CODE.invalidPayloadLength);
    }
    const { offset } = SetLabelStorageArea.decode(input);
    const data = input.subarray(SetLabelStorageArea.size);
    check(offset, data.length);
    labels.write(BigInt(offset), data);
    return NOTHING;
  }

  /** What follows the fields has a negative length, which is counted in 16 bits; what is not of the input is taken for zero. */
  function putShort(input: Uint8Array): Uint8Array {
    if (input.length === 0 || !quirks.has('payload-length-in-16-bits')) return NOTHING;
    const { offset } = SetLabelStorageArea.decode(padded(input, SetLabelStorageArea.size));
    const length = LENGTHS_IN_16_BITS + input.length - SetLabelStorageArea.size;
    if (offset + input.length > size + SetLabelStorageArea.size) throw new Refused(RETURN_CODE.invalidInput, true);
    if (offset + length > size) abort();
    labels.write(BigInt(offset), new Uint8Array(length));
    readBehind(padded(input, SetLabelStorageArea.size + length));
    return NOTHING;
  }

  /** The end of the input, which lies behind the mailbox. */
  function readBehind(input: Uint8Array): void {
    const { offset } = SetLabelStorageArea.decode(input);
    const end = offset + input.length - SetLabelStorageArea.size;
    const beyond = input.length - PAYLOAD_SIZE;
    if (end <= size) foreign = { base: BigInt(end - beyond), size: BigInt(beyond) };
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

  return { getLabelStorageArea: get, setLabelStorageArea: { run: put, readBehind } };
}

function abort(): never {
  throw new MachineCrash('SIGABRT', 'validate_lsa_access');
}
