/** What can be seen of a memory device by asking: so it is told whether something else has changed. */
import { commandNamed, OPCODE, observationsOf } from '../codec/cxl/mailbox/command';
import { returnCodeNamed } from '../codec/cxl/mailbox/return-code';
import type { MemoryDevice } from '../machine/memory-device';

const OF_DEVICE = observationsOf('device');
const OF_SWITCH = observationsOf('switch');

/** The answers, by what was asked, and its status. */
export async function observe(device: MemoryDevice): Promise<Record<string, string>> {
  const offered = await device.commandEffects();
  const seen: Record<string, string> = {};
  for (const { about, opcode, input } of offered.has(OPCODE.identifySwitchDevice) ? OF_SWITCH : OF_DEVICE) {
    if (!offered.has(opcode)) continue;
    const { code, output } = await device.send(opcode, input);
    seen[about] = `${returnCodeNamed(code)} ${Buffer.from(output).toString('hex')}`.trim();
  }
  const { running, opcode, percentage, code } = await device.background();
  seen['background operation'] = [running ? 'runs' : 'none', commandNamed(opcode), `${percentage} %`, code].join(', ');
  seen.media = await device.mediaStatus();
  return seen;
}
