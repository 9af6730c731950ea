/** What is done to a machine, drawn at random: mailbox commands, accesses to device registers, QMP commands. */
import fc from 'fast-check';
import { MAILBOX } from '../codec/cxl/device';
import type { CommandDraw } from '../differential/draw';
import { anyCommand, anyNumber } from '../differential/machines';
import { type Argument, qmpCommandsOf } from '../ledger/qmp-commands';

/** Positions count around: whatever is drawn makes sense on any machine. */
export type Action =
  /** `through`: a port of the switch, if it is a switch and the command is tunnelled to what is there. */
  | {
      readonly kind: 'command';
      readonly box: number;
      readonly through: number | undefined;
      readonly command: CommandDraw;
    }
  /** `offset` is from the mailbox registers on; without a value it is read. */
  | {
      readonly kind: 'access';
      readonly box: number;
      readonly offset: number;
      readonly wide: boolean;
      readonly value: bigint | undefined;
    }
  | {
      readonly kind: 'qmp';
      readonly device: number;
      readonly name: number;
      readonly numbers: readonly bigint[];
      readonly left: number;
    };

const below = (n: number) => fc.nat({ max: n - 1 });

const anyAccess = fc.record({
  kind: fc.constant('access' as const),
  box: below(8),
  offset: fc.oneof(
    fc.constantFrom(
      MAILBOX.capability,
      MAILBOX.control,
      MAILBOX.command,
      MAILBOX.status,
      MAILBOX.background,
      MAILBOX.payload,
    ),
    below(16).map((n) => MAILBOX.payload + n * 8),
  ),
  wide: fc.boolean(),
  value: fc.option(anyNumber, { nil: undefined }),
});

const anyMailboxCommand = fc.record({
  kind: fc.constant('command' as const),
  box: below(8),
  through: fc.option(below(4), { nil: undefined }),
  command: anyCommand,
});

const anyQmp = fc.record({
  kind: fc.constant('qmp' as const),
  device: below(8),
  name: below(8),
  numbers: fc.array(anyNumber, { minLength: 1, maxLength: 8 }),
  /** Position of an argument that is left out. */
  left: below(12),
});

export const anyAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 16, arbitrary: anyMailboxCommand },
  { weight: 3, arbitrary: anyAccess },
  { weight: 3, arbitrary: anyQmp },
);

/** What QMP is given: a value for each argument, by its row, but for one that may be missing. */
export function qmpOf({ name, numbers, left }: Extract<Action, { kind: 'qmp' }>, release: string) {
  const commands = [...qmpCommandsOf(release)].filter(([, taken]) => [...taken.values()].some(isDrawn));
  const [command, taken] = commands[name % Math.max(1, commands.length)] ?? [];
  if (!command || !taken) return undefined;
  const wanted = [...taken].filter(([, row], i) => isDrawn(row) && i !== left);
  const given = wanted.map(([argument, row], i) => [argument, argumentOf(row, numbers[i % numbers.length] ?? 0n)]);
  return { command, given: Object.fromEntries(given) };
}

const isDrawn = ({ undrawn }: Argument): boolean => undrawn === undefined;

const BLOCK = 2n << 20n;
const BITS = { uint8: 8, uint16: 16, uint32: 32, uint64: 64, int16: 15 } as const;

function argumentOf({ type, drawn }: Argument, number: bigint) {
  if (typeof type !== 'string') return type[Number(number % BigInt(type.length))] ?? '';
  if (drawn !== undefined) return drawn;
  if (type === 'bool') return number % 2n === 1n;
  if (type === 'str') return `5be13bce-ae34-4a77-b6c3-${number.toString(16).padStart(12, '0').slice(-12)}`;
  if (type === 'integers') return [number, 1n];
  if (type === 'extents') return [{ offset: (number % 8n) * BLOCK, len: (1n + (number % 3n)) * BLOCK }];
  return BigInt.asUintN(BITS[type as keyof typeof BITS] ?? 8, number);
}
