/** What the mailbox of a device or a switch answers to commands: to each that its effects log has, and to some that it has not. */
import { BLOCK_ID } from '../codec/cxl/dvsec';
import { commandNamed, OF_NO_RELEASE, OPCODE } from '../codec/cxl/mailbox/command';
import { showEffects } from '../codec/cxl/mailbox/effect';
import { GetSupportedFeatures, SupportedFeature, SupportedFeatures } from '../codec/cxl/mailbox/features';
import { COMMAND_EFFECTS_LOG } from '../codec/cxl/mailbox/logs';
import { RETURN_CODE, returnCodeNamed } from '../codec/cxl/mailbox/return-code';
import { Mailbox } from '../driver/mailbox';
import { registerBlocks } from '../driver/register-blocks';
import { MachineCrash, Overrun } from '../machine/crash';
import { describeOutput, showInput } from './answers';
import { byChance, type Comparator, ENDED, type Specimen } from './comparator';
import type { Tree } from './difference';
import type { CommandDraw, Vocabulary } from './draw';
import { cxlFunctions } from './functions';
import { inputOf, LENGTHS } from './inputs';

/** What nobody has defined, too. */
const ABSENT = [...OF_NO_RELEASE, 0xffff];

/** What ends some QEMU, or leaves it to chance how it goes on: asked for when all else has been. */
const LAST: readonly { readonly opcode: number; readonly length?: CommandDraw['length'] }[] = [
  { opcode: OPCODE.getPhysicalPortState },
  { opcode: OPCODE.getTimestamp },
  { opcode: OPCODE.setTimestamp },
  { opcode: OPCODE.addDynamicCapacityResponse },
  { opcode: OPCODE.performMaintenance, length: 'none' },
  { opcode: OPCODE.setLabelStorageArea, length: 'above' },
  { opcode: OPCODE.clearEventRecords, length: 'above' },
  { opcode: OPCODE.getLabelStorageArea, length: 'right' },
];

/** Features that are asked for. */
const FEATURES_AT_ONCE = 40;

export const mailbox: Comparator = {
  name: 'mailbox',
  observe: async (specimen) => {
    const { commands, among } = specimen.draw;
    const chosen = await choose(specimen);
    if (!chosen) return {};
    const { id, box } = chosen;
    if (!box) return { [id]: 'locates no device registers' };
    const log = await box.effectsLog();
    const { opcodes: listed, features } = among ?? (await vocabularyOf(box));
    const opcodes = [...listed, ...ABSENT];
    const uuids = [COMMAND_EFFECTS_LOG, ...features];
    const systematic = opcodes.flatMap((_, command) => LENGTHS.map((length) => ({ command, length, numbers: [] })));
    const given = [...commands, ...systematic]
      .map((drawn) => ({ ...drawn, opcode: opcodes[drawn.command % opcodes.length] ?? 0 }))
      .sort((a, b) => rank(a) - rank(b));
    const answers: Record<string, Tree> = {};
    for (const [n, { opcode, ...drawn }] of given.entries()) {
      const input = inputOf(opcode, drawn, uuids);
      const got = await answer(box, opcode, input);
      answers[`${n}. ${commandNamed(opcode)} (${showInput(opcode, input)})`] = got;
      if (typeof got === 'string' || ENDED in got) break;
    }
    return {
      [id]: {
        effects: Object.fromEntries(log.map(({ opcode, effect }) => [commandNamed(opcode), showEffects(effect)])),
        answers,
      },
    };
  },
};

/** The one whose turn it is, of all devices and switches that have a mailbox. */
async function choose(specimen: Specimen): Promise<{ readonly id: string; readonly box?: Mailbox } | undefined> {
  const { device: position, asked, topology } = specimen.draw;
  const devices = (await cxlFunctions(specimen)).filter(({ kind }) => kind === 'memory' || kind === 'switch mailbox');
  const isOfSwitch = asked !== undefined && topology.switches?.some(({ mailbox }) => mailbox === asked);
  const named = devices.find(({ id, kind }) => (isOfSwitch ? kind === 'switch mailbox' : id === asked));
  const chosen = named ?? devices[position % Math.max(1, devices.length)];
  if (!chosen) return undefined;
  const { id, device } = chosen;
  const registers = (await registerBlocks(device)).get(BLOCK_ID.device);
  return registers === undefined ? { id } : { id, box: await Mailbox.open(specimen.machine, registers) };
}

/** What the mailbox whose turn it is can be asked for; nothing where there is none. */
export async function vocabulary(specimen: Specimen): Promise<Vocabulary> {
  const box = (await choose(specimen))?.box;
  return box ? vocabularyOf(box) : { opcodes: [], features: [] };
}

export const vocabularyOf = async (box: Mailbox): Promise<Vocabulary> => ({
  opcodes: (await box.effectsLog()).map(({ opcode }) => opcode),
  features: await features(box),
});

/** -1 for what comes first. */
const rank = (command: { readonly opcode: number; readonly length: CommandDraw['length'] }): number =>
  LAST.findIndex(({ opcode, length }) => opcode === command.opcode && (length ?? command.length) === command.length);

export async function answer(
  box: Mailbox,
  opcode: number,
  input: Uint8Array,
): Promise<string | { readonly [name: string]: Tree }> {
  const given = await box.execute(opcode, input).catch((error: Error) => {
    if (error instanceof MachineCrash) return error;
    throw error;
  });
  if (given instanceof Overrun) return byChance(given.quirk);
  if (given instanceof MachineCrash) return { [ENDED]: given.signal };
  const { code, output } = given;
  return {
    'return code': returnCodeNamed(code),
    length: output.length,
    output: describeOutput(opcode, output, input),
  };
}

/** Their UUIDs; of none, where the device knows no features. */
async function features(box: Mailbox): Promise<string[]> {
  const count = SupportedFeatures.size + FEATURES_AT_ONCE * SupportedFeature.size;
  const { code, output } = await box.execute(OPCODE.getSupportedFeatures, GetSupportedFeatures.encode({ count }));
  if (code !== RETURN_CODE.success) return [];
  const { entries } = SupportedFeatures.decode(output);
  return SupportedFeature.decodeAll(output, entries, SupportedFeatures.size).map(({ feature }) => feature);
}
