/** What can be seen of a memory device by asking: so it is told whether something else has changed. */
import { commandNamed, OPCODE, returnCodeNamed } from '../codec/cxl/mailbox/command';
import { FEATURE, GetFeature } from '../codec/cxl/mailbox/features';
import { GetLabelStorageArea } from '../codec/cxl/mailbox/labels';
import type { MemoryDevice } from '../machine/memory-device';

const LABELS = 256;
const FEATURE_BYTES = 64;

/** Commands that change nothing, with what is asked for. */
const QUESTIONS: readonly { readonly about: string; readonly opcode: number; readonly input: Uint8Array }[] = [
  ...[OPCODE.getEventInterruptPolicy, OPCODE.getFirmwareInfo, OPCODE.getTimestamp, OPCODE.identifyMemoryDevice],
  ...[OPCODE.getPartitionInfo, OPCODE.getAlertConfiguration, OPCODE.getSecurityState],
].map((opcode) => ({ about: commandNamed(opcode), opcode, input: new Uint8Array() }));

const LABEL_QUESTION = {
  about: commandNamed(OPCODE.getLabelStorageArea),
  opcode: OPCODE.getLabelStorageArea,
  input: GetLabelStorageArea.encode({ offset: 0, length: LABELS }),
};

const FEATURE_QUESTIONS = Object.entries(FEATURE).map(([name, feature]) => ({
  about: `${commandNamed(OPCODE.getFeature)} ${name}`,
  opcode: OPCODE.getFeature,
  input: GetFeature.encode({ feature, count: FEATURE_BYTES }),
}));

const SWITCH_QUESTIONS = [OPCODE.identify, OPCODE.backgroundOperationStatus, OPCODE.identifySwitchDevice].map(
  (opcode) => ({ about: commandNamed(opcode), opcode, input: new Uint8Array() }),
);

/** The answers, by what was asked, and its status. */
export async function observe(device: MemoryDevice): Promise<Record<string, string>> {
  const offered = await device.commandEffects();
  const seen: Record<string, string> = {};
  const isSwitch = offered.has(OPCODE.identifySwitchDevice); // whose own Get Timestamp ends QEMU
  const questions = isSwitch ? SWITCH_QUESTIONS : [...QUESTIONS, LABEL_QUESTION, ...FEATURE_QUESTIONS];
  for (const { about, opcode, input } of questions) {
    if (!offered.has(opcode)) continue;
    const { code, output } = await device.send(opcode, input);
    seen[about] = `${returnCodeNamed(code)} ${Buffer.from(output).toString('hex')}`.trim();
  }
  const { running, opcode, percentage, code } = await device.background();
  seen['background operation'] = [running ? 'runs' : 'none', commandNamed(opcode), `${percentage} %`, code].join(', ');
  seen.media = await device.mediaStatus();
  return seen;
}
