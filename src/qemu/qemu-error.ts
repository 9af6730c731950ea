import { MachineCrash } from '../machine/crash';

/** The environment broke: QEMU is not there, did not start, died, or refused a command. It says nothing about conformance. */
export class QemuError extends Error {
  override readonly name = 'QemuError';
}

/** What a request says that QEMU did not reply to, for `end` befell it: a crash is told as one. */
export function withoutReply(request: string, end: Error): Error {
  const message = `${request}: no reply from QEMU: ${end.message}`;
  return end instanceof MachineCrash ? new MachineCrash(end.signal, message, end.atStart) : new QemuError(message);
}
