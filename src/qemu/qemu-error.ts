/** The environment broke: QEMU is not there, did not start, died, or refused a command. It says nothing about conformance. */
export class QemuError extends Error {
  override readonly name = 'QemuError';
}
