/** Calls as lines that a shell can feed to a QEMU: qtest commands, QMP commands, `event NAME`, `file NAME OFFSET LENGTH`. */
import { hex } from '../codec/range';
import { type Call, isRead, isWrite, type Outcome, type Tapped } from '../target/tape';

/** QEMU docs/devel/testing/qtest.rst: what reads and writes of each width are called. */
const COMMANDS: Readonly<Record<string, string>> = {
  read8: 'readb',
  read16: 'readw',
  read32: 'readl',
  read64: 'readq',
  write8: 'writeb',
  write16: 'writew',
  write32: 'writel',
  write64: 'writeq',
  in8: 'inb',
  in16: 'inw',
  in32: 'inl',
  out8: 'outb',
  out16: 'outw',
  out32: 'outl',
};

/** A block that is longer, in bytes, is written in base64. */
const READABLE = 64;

/** How many hexadecimal digits QEMU answers with. */
const DIGITS = { memory: 16, port: 4 } as const;

/** Each line gets one answer. An operator's call that says nothing to QEMU has none. */
export function linesOf(call: Call): string[] {
  const { method, args, tapped } = call;
  const command = COMMANDS[method];
  if (command) return [[command, ...args.map((each) => hex(each as bigint | number))].join(' ')];
  const [address, second] = args as [bigint, number | Uint8Array];
  if (method === 'readBlock') return second === 0 ? [] : [`read ${hex(address)} ${hex(second as number)}`];
  if (method === 'writeBlock') return writtenBlock(address, second as Uint8Array);
  return inOrder(tapped).flatMap(lineOf);
}

function writtenBlock(address: bigint, bytes: Uint8Array): string[] {
  if (bytes.length === 0) return [];
  const block = Buffer.from(bytes);
  if (bytes.length > READABLE) return [`b64write ${hex(address)} ${hex(bytes.length)} ${block.toString('base64')}`];
  return [`write ${hex(address)} ${hex(bytes.length)} 0x${block.toString('hex')}`];
}

/** An event is waited for after the command that brings it about, and not before. */
function inOrder(tapped: readonly Tapped[]): Tapped[] {
  const ordered: Tapped[] = [];
  let awaited: Tapped[] = [];
  for (const each of tapped) {
    if (each.kind === 'event') awaited.push(each);
    else ordered.push(each);
    if (each.kind !== 'reply') continue;
    ordered.push(...awaited);
    awaited = [];
  }
  return [...ordered, ...awaited];
}

function lineOf(tapped: Tapped): string[] {
  if (tapped.kind === 'reply') return [];
  if (tapped.kind === 'event') return [`event ${tapped.name}`];
  if (tapped.kind === 'file') return [`file ${tapped.name} ${tapped.offset} ${tapped.length}`];
  return [tapped.text];
}

/** Whether a line is for something else than qtest. */
export const isForQmp = (line: string): boolean => /^(\{|event |file )/.test(line);

/**
 * What the last line of a call answers when that is its outcome: without `OK`, as QEMU writes it. Undefined where the
 * outcome does not say: QMP's return values are of QEMU's own making.
 */
export function answerOf(call: Call, outcome: Outcome): string | undefined {
  if ('value' in outcome && (isRead(call) || isWrite(call))) return qtestAnswer(call.method, outcome.value);
  const last = inOrder(call.tapped)
    .filter(({ kind }) => kind !== 'event')
    .at(-1);
  if ('value' in outcome && last?.kind === 'file') return showBytes((outcome.value as Uint8Array).slice(-last.length));
  if (outcome === call.outcome && last?.kind === 'reply') return last.text;
  if ('value' in outcome) return outcome.value === undefined ? '{"return": {}}' : undefined;
  return `{"error": {"class": "GenericError", "desc": ${JSON.stringify(outcome.error.message)}}}`;
}

function qtestAnswer(method: string, value: unknown): string {
  if (value === undefined) return '';
  if (value instanceof Uint8Array) return `0x${showBytes(value)}`;
  const digits = method.startsWith('in') ? DIGITS.port : DIGITS.memory;
  return `0x${(value as bigint | number).toString(16).padStart(digits, '0')}`;
}

const showBytes = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
