/** What a QEMU puts before its messages: the name that it was started by, whatever file that is in. QEMU util/error-report.c */
import { spawn } from 'node:child_process';

/** A device that no QEMU has. */
const ABSENT = 'cxl-conformance-asks';

/** A QEMU refuses an unknown device within a fraction of a second. In milliseconds. */
const LIMIT = 10_000;

const known = new Map<string, Promise<string>>();

/** `qemu-kvm: `, found out by what it says to a mistake; empty if it says nothing of the kind. */
export function speakerOf(binary: string): Promise<string> {
  const speaker = known.get(binary) ?? ask(binary);
  known.set(binary, speaker);
  return speaker;
}

function ask(binary: string): Promise<string> {
  const args = ['-machine', 'none', '-nodefaults', '-display', 'none', '-device', ABSENT];
  return new Promise((resolve) => {
    const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: LIMIT, killSignal: 'SIGKILL' });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('error', () => resolve(''));
    child.once('close', () => resolve(RegExp(`^(.*: )-device ${ABSENT}: `, 'm').exec(said)?.[1] ?? ''));
  });
}

/** Said of modules of another build, which QEMU then does without. */
const OF_MODULES = /failed to initialize module: |^Only modules from the same build can be loaded/;

/** What QEMU has against its arguments, without what it puts before; undefined if it says nothing. */
export function complaintIn(stderr: string, speaker: string): string | undefined {
  const said = stderr
    .split('\n')
    .filter((line) => line !== '' && !OF_MODULES.test(line))
    .filter((line) => !/^(\S+: )?(-\S+ \S+: )?warning: /.test(without(line, speaker)));
  const line = said.find((each) => speaker !== '' && each.startsWith(speaker)) ?? said[0]; // some warnings go on in a line without a name
  return line && plainQuotes(without(line, speaker).replace(/^-\S+ \S+: /, ''));
}

const without = (line: string, speaker: string): string =>
  line.startsWith(speaker) ? line.slice(speaker.length) : line;

/** The quotation marks of a message depend on the language of whoever runs QEMU, and on the version of GLib. */
export const plainQuotes = (text: string): string => text.replace(/[‘’‚‛“”„‟«»]/g, "'");
