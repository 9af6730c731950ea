import { QMP_COMMANDS, type QmpCommandName } from '../../src/ledger/qmp-commands';
import type { QmpArguments, QmpValue } from '../../src/machine/qmp';
import { Refusal } from '../../src/machine/refusal';
import { bytes } from './parameter-types';
import type { CxlWorld } from './world';

/** Of a row of a table: `0x1000`, `2M`, `-10`, `true`, `1, 2`; what is nothing of it is text. An empty cell is not there. */
export function qmpArguments(row: Readonly<Record<string, string>>): QmpArguments {
  const given = Object.entries(row).filter(([, text]) => text !== '');
  return Object.fromEntries(given.map(([name, text]) => [name, qmpValue(text)]));
}

function qmpValue(text: string): QmpValue {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^\d+(, \d+)+$/.test(text)) return text.split(', ').map(BigInt);
  if (/^-\d+$/.test(text)) return BigInt(text);
  return /^(0x[0-9a-f]+|\d+[KMGT]?)$/.test(text) ? bytes(text) : text;
}

/** A general media event with what QEMU wants to be told, and no more. */
export function anyEvent(log: string): QmpArguments {
  const rows = Object.entries(QMP_COMMANDS['cxl-inject-general-media-event'].arguments);
  const least = rows.flatMap(([name, { optional }]) => (optional ? [] : [[name, name === 'flags' ? 1 : 0] as const]));
  return { ...Object.fromEntries(least), log };
}

/** How many words QEMU wants of a header. */
const HEADER_WORDS = 32;

/** An uncorrectable error; the words of its header count up from the number that is given. */
export const errorOf = ({ type = '', 'header from': from = '' }: Readonly<Record<string, string>>): QmpArguments => ({
  type,
  header: Array.from({ length: HEADER_WORDS }, (_, word) => Number(bytes(from)) + word),
});

/** Rows are extents, `offset` and `len` of each; what else they say of the request, they say alike. */
export function capacityRequest(rows: readonly Readonly<Record<string, string>>[], policy: string): QmpArguments {
  const extents = rows.map(({ offset, len }) => ({ offset: bytes(offset), len: bytes(len) }));
  const { offset, len, ...request } = rows[0] ?? {};
  return { 'host-id': 0, [policy]: 'prescriptive', ...qmpArguments(request), extents };
}

/** Gives a command; keeps what QEMU says if it refuses. */
export async function tell(world: CxlWorld, id: string, command: QmpCommandName, given: QmpArguments): Promise<void> {
  await complaintOf(world, async () => (await world.operator()).command(id, command, given));
}

/** Keeps what QEMU says if it refuses what `act` asks for. */
export async function complaintOf(world: CxlWorld, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    world.complained = error.complaint;
  }
}
