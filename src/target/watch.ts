import { OPCODE, QUESTIONS } from '../codec/cxl/mailbox/command';
import { Tunnelled } from '../codec/cxl/mailbox/switch';
import { NotApplicable } from '../ledger/verdict';
import type { Hardware } from '../machine/hardware';
import type { Host } from '../machine/host';
import type { MemoryDevice } from '../machine/memory-device';
import type { Operator } from '../machine/operator';
import { Refusal } from '../machine/refusal';

/** Calls by which a scenario changes the machine. */
const HOST_CHANGES: ReadonlySet<string> = new Set<keyof Host>([
  'createRegion',
  'destroyRegion',
  'useAsSystemRam',
  'storeInRegion',
  'loadFromRegion', // which may have to mount or to name what it reads
  'storeOnNode',
]);
const OPERATOR_CHANGES: ReadonlySet<string> = new Set<keyof Operator>([
  'reset',
  'hotAdd',
  'hotRemove',
  'plugIn',
  'takeMemory',
  'reuseMemory',
  'command',
  'elapse',
  'migrate',
  'fixedWindows', // which some QEMU does not survive
]);

const HARDWARE_CHANGES: ReadonlySet<string> = new Set<keyof Hardware>([
  'write8',
  'write16',
  'write32',
  'write64',
  'writeWords',
  'writeBlock',
  'out8',
  'out16',
  'out32',
]);

const DEVICE_CHANGES: ReadonlySet<string> = new Set<keyof MemoryDevice>(['send', 'interruptAfterBackground']);

/** `hardware`, with `onChange` called before something is written to the machine. */
export const watchHardware = (hardware: Hardware, onChange: () => void): Hardware =>
  watch(hardware, HARDWARE_CHANGES, onChange);

/** Some QEMU says something else of a port once it has been asked for its state: the quirk `port-version-told-late`. */
const LEAVES_A_TRACE = OPCODE.getPhysicalPortState;

/** Also one that a switch is to hand on. */
function isQuestion(opcode: unknown, input: unknown): boolean {
  if (opcode !== OPCODE.tunnelManagementCommand) return QUESTIONS.has(opcode as number) && opcode !== LEAVES_A_TRACE;
  const message = input as Uint8Array;
  return (
    message.length >= Tunnelled.size && isQuestion(Tunnelled.decode(message).opcode, message.subarray(Tunnelled.size))
  );
}

/**
 * `device`, with `onChange` called before it is given something to do; and `onNothing` after a question that it has
 * answered, which leaves a mark in its mailbox alone.
 */
export const watchDevice = (device: MemoryDevice, onChange: () => void, onNothing: () => void): MemoryDevice =>
  watch(device, DEVICE_CHANGES, onChange, onNothing, isQuestion);

/** `host`, with `onChange` called before it is made to change the machine. */
export const watchHost = (host: Host, onChange: () => void): Host => watch(host, HOST_CHANGES, onChange);

/** `operator`, with `onChange` called before it changes the machine; and `onNothing` if it then turns out that it cannot. */
export const watchOperator = (operator: Operator, onChange: () => void, onNothing: () => void): Operator =>
  watch(operator, OPERATOR_CHANGES, onChange, onNothing);

/** What QEMU says of a command that it has not begun: its arguments are none, or there is no such device. */
const UNHEARD =
  /^Parameter '[^']+' (is missing|expects |does not accept value )|^Unable to resolve |^Path does not point to /;

const isUnheard = (error: unknown): boolean => error instanceof Refusal && UNHEARD.test(error.complaint);

function watch<T extends object>(
  target: T,
  changes: ReadonlySet<string>,
  onChange: () => void,
  onNothing: () => void = () => {},
  changesNothing: (...args: unknown[]) => boolean = () => false,
): T {
  const watched = new Map<string | symbol, unknown>();
  return new Proxy(target, {
    get(_, name) {
      if (watched.has(name)) return watched.get(name);
      const member = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const change = async (...args: unknown[]) => {
        onChange();
        try {
          const result: unknown = await member.apply(target, args);
          if (changesNothing(...args)) onNothing();
          return result;
        } catch (error) {
          if (error instanceof NotApplicable || (name === 'command' && isUnheard(error))) onNothing();
          throw error;
        }
      };
      const method = changes.has(String(name)) ? change : member.bind(target);
      watched.set(name, method);
      return method;
    },
  });
}
